import { type CurrencyCode, isCurrencyCode } from '../money/currencies/index.ts'
import { type AccountId, type AccountKind, chart } from './account.ts'

export type AccountName = { readonly kind: AccountKind; readonly owner: string; readonly currency: CurrencyCode }

const isKind = (text: string): text is AccountKind => Object.hasOwn(chart, text)

export const accountId = ({ kind, owner, currency }: AccountName): AccountId => `${kind}:${owner}:${currency}`

/** The parts of an account's id; undefined where the kind or the currency is unknown, or the owner is empty. */
export function parseAccountId(id: string): AccountName | undefined {
  const kindEnd = id.indexOf(':')
  const ownerEnd = id.indexOf(':', kindEnd + 1)
  if (kindEnd < 0 || ownerEnd <= kindEnd + 1 || id.includes(':', ownerEnd + 1)) return undefined
  const kind = id.slice(0, kindEnd)
  const currency = id.slice(ownerEnd + 1)
  return isKind(kind) && isCurrencyCode(currency) ? { kind, owner: id.slice(kindEnd + 1, ownerEnd), currency } : undefined
}

const belowZero = Object.entries(chart).flatMap(([kind, { mayGoBelowZero }]) => (mayGoBelowZero ? [`${kind}:`] : []))

/** Asked for each leg that takes: told by how the id begins, without taking it apart. */
export const mayGoBelowZero = (id: AccountId): boolean => belowZero.some(kind => id.startsWith(kind))
