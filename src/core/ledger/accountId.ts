import { type CurrencyCode, isCurrencyCode } from '../money/currencies/index.ts'
import { type AccountId, type AccountKind, chart } from './account.ts'

export type AccountName = { readonly kind: AccountKind; readonly owner: string; readonly currency: CurrencyCode }

const isKind = (text: string): text is AccountKind => Object.hasOwn(chart, text)

export const accountId = ({ kind, owner, currency }: AccountName): AccountId => `${kind}:${owner}:${currency}`

/** The parts of an account's id; undefined where the kind or the currency is unknown, or the owner is empty. */
export function parseAccountId(id: string): AccountName | undefined {
  const [kind = '', owner = '', currency = '', ...rest] = id.split(':')
  if (rest.length > 0 || owner === '' || !isKind(kind) || !isCurrencyCode(currency)) return undefined
  return { kind, owner, currency }
}

export const mayGoBelowZero = (id: AccountId): boolean => {
  const name = parseAccountId(id)
  return name !== undefined && chart[name.kind].mayGoBelowZero
}
