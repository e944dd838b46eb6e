import { parseDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { type EntryToWrite, type StatementToWrite, writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { isReference } from '#core/rails/reference.ts'
import type { ServiceConfig } from '#service/config.ts'
import { receivingAccounts } from '#service/features/topUp/receivingAccounts.ts'

let counted = 0

export const amountOf = (currency: CurrencyCode, value: string) => {
  const amount = parseDecimal(currency, value)
  if (!amount) throw new Error(`not an amount: ${value}`)
  return amount
}

/** A credit of `value`, booked, with a reference of the bank that no other entry has. */
export function transfer(
  value: string,
  reference?: string,
  more: Partial<EntryToWrite> = {},
  currency: CurrencyCode = 'EUR',
): EntryToWrite {
  counted += 1
  const structured = reference !== undefined && isReference(reference) ? { reference } : {}
  const base = { amount: amountOf(currency, value), direction: 'credit', bankReference: `TEST-${counted}`, bookedOn: '2026-11-20' } as const
  return { ...base, ...structured, counterpartyName: 'Ana Li', ...more }
}

/** A statement of our own account in `currency`. */
export function statementOf(
  service: { readonly ports: { readonly config: ServiceConfig } },
  entries: readonly EntryToWrite[],
  more: Partial<StatementToWrite> = {},
  currency: CurrencyCode = 'EUR',
) {
  counted += 1
  const account = receivingAccounts(service.ports.config).find(of => of.currency === currency)
  const on = '2026-11-20'
  return writeCamt053({
    ...{ messageId: `M-${counted}`, statementId: `S-${counted}`, createdAt: `${on}T18:00:00.000Z`, fromOn: on, toOn: on },
    ...{ iban: account?.account ?? '', opening: amountOf(currency, '1000'), entries },
    ...more,
  })
}
