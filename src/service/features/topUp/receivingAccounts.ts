import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { currency } from '#contracts/wire/scalars.ts'
import { type Amount, parseDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { compactAccount } from '#core/rails/bank/account.ts'
import { isIban } from '#core/rails/iban.ts'
import type { Arrival } from '#core/topUp/workingDays.ts'
import sandboxBank from '#resources/sandbox-bank.json' with { type: 'json' }
import type { ServiceConfig } from '../../config.ts'

/** An account of OKPAY at a bank, to which people send money in one currency. */
export type ReceivingAccount = {
  readonly currency: CurrencyCode
  readonly scheme: string
  readonly accountHolder: string
  /** An IBAN in electronic form, or the local number of `scheme`, as people write it. */
  readonly account: string
  readonly bic: string
  readonly bankName: string
  readonly minimum: Amount
  readonly maximum: Amount
  readonly arrival: Arrival
}

const line = z.string().trim().min(1).max(70)
const arrival = z.union([
  z.strictObject({ hours: z.number().int().min(1).max(1000) }),
  z.strictObject({ workingDays: z.number().int().min(0).max(30), calendar: z.enum(['target', 'weekdays']) }),
])
const row = z
  .strictObject({
    currency,
    scheme: line,
    accountHolder: line,
    account: line.max(34),
    bic: z.string().regex(/^([A-Z0-9]{8}([A-Z0-9]{3})?)?$/),
  })
  .extend({ bankName: line, minimum: z.string(), maximum: z.string(), arrival })
  .transform((of, context): ReceivingAccount => {
    const minimum = parseDecimal(of.currency, of.minimum)
    const maximum = parseDecimal(of.currency, of.maximum)
    const isPayable = of.currency !== 'EUR' || isIban(of.account)
    if (isPayable && minimum && maximum && minimum.minor > 0n && minimum.minor <= maximum.minor) return { ...of, minimum, maximum }
    const message = isPayable ? 'minimum and maximum are decimals of the currency, above zero' : 'an account for euro is an IBAN'
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
const file = z
  .object({ accounts: z.array(row).max(200) })
  .refine(({ accounts }) => new Set(accounts.map(of => of.currency)).size === accounts.length, {
    error: 'one account for each currency',
  })

/** Reads the accounts in the form of resources/sandbox-bank.json. Throws where the operator's file is not such. */
export const parseReceivingAccounts = (json: unknown): readonly ReceivingAccount[] => file.parse(json).accounts

type Read = { readonly accounts: readonly ReceivingAccount[]; readonly byNumber: ReadonlyMap<string, readonly CurrencyCode[]> }

const read = new WeakMap<ServiceConfig, Read>()

function readAccounts(config: ServiceConfig): Read {
  const known = read.get(config)
  if (known) return known
  const { sandbox, bankAccountsPath } = config
  const own = () => (bankAccountsPath === null ? [] : parseReceivingAccounts(JSON.parse(readFileSync(bankAccountsPath, 'utf8'))))
  const accounts = sandbox ? parseReceivingAccounts(sandboxBank) : own()
  const byNumber = new Map<string, CurrencyCode[]>()
  for (const { account, currency } of accounts) {
    const number = compactAccount(account)
    byNumber.set(number, [...(byNumber.get(number) ?? []), currency])
  }
  const fresh = { accounts, byNumber }
  read.set(config, fresh)
  return fresh
}

/** The simulated bank's in a sandbox, else the operator's own (`bankAccountsPath`); none where no file is named: then nothing is offered. */
export const receivingAccounts = (config: ServiceConfig): readonly ReceivingAccount[] => readAccounts(config).accounts

/** The currencies that come in on an account of a bank statement (one number may serve several); none where the account is not ours. */
export const currenciesOf = (config: ServiceConfig, account: string): readonly CurrencyCode[] =>
  readAccounts(config).byNumber.get(account) ?? []
