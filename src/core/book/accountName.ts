import type { AccountId, AccountKind } from '../ledger/account.ts'
import { parseAccountId } from '../ledger/accountId.ts'
import type { CurrencyCode } from '../money/currencies/index.ts'

/**
 * Where each kind of account of the chart stands in a balance sheet of the operator: what people and shops have here is owed to them, what lies at
 * banks is owned, fees are earned.
 */
const places: Readonly<Record<AccountKind, string>> = {
  holder: 'Liabilities:Holders',
  merchant: 'Liabilities:Merchants',
  promotion: 'Liabilities:Promotions',
  suspense: 'Liabilities:Suspense',
  fee: 'Income:Fees',
  rounding: 'Income:Rounding',
  rail: 'Assets:Rails',
  fx: 'Assets:Exchange',
  foreign: 'Equity:Foreign',
}

export const openingBalances = 'Equity:Opening-Balances'

/** What may not stand in a name: all but letters, digits and dashes; and a dash that would look like an escape. */
const strange = /[^A-Za-z0-9-]|-(?=x[0-9a-f]{4})/g

const escaped = (text: string): string => text.replace(strange, unit => `-x${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A part of a name begins with a capital or a digit (Beancount, "Accounts"); different owners get different parts. */
const part = (owner: string): string => {
  const plain = escaped(owner)
  return /^[0-9A-WYZ]|^X(?!-)/.test(plain) ? plain : `X-${plain}`
}

/** The account as hledger, Ledger and Beancount name it: `Liabilities:Holders:{id}:EUR`, and its currency. One name for each account. */
export function accountName(id: AccountId): { readonly name: string; readonly currency: CurrencyCode } {
  const parts = parseAccountId(id)
  if (!parts) throw new TypeError(`an account that no book knows: ${id}`)
  return { name: `${places[parts.kind]}:${part(parts.owner)}:${parts.currency}`, currency: parts.currency }
}
