import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '#core/ledger/command.ts'
import type { Amount } from '#core/money/amount.ts'
import { type EntryToWrite, type StatementToWrite, writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { mod97 } from '#core/rails/mod97.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import type { ReceivingAccount } from '../topUp/receivingAccounts.ts'

/** The book of the simulated bank: for each currency its balance and how many statements it has written. */
const bankBook = z.strictObject({ minor: z.string().regex(/^-?\d+$/), statements: z.number().int().nonnegative() })
const setting = (currency: string) => `sandbox_bank_${currency}`

/** Nobody of these exists. */
const others = [
  'Marta Keller',
  'Jonas Lindqvist',
  '陈立',
  'Amina Yusuf',
  'Pilar Ortega',
  '山本 恵',
  'Tomasz Zieliński',
  'Nadia Rahman',
] as const
const words = ['Invoice 20417', 'Rent', 'Gift', 'Order 8812', 'Thank you', '货款', 'Deposit back'] as const

const pick = <T>(of: readonly T[], byte: number): T => {
  const chosen = of[byte % of.length]
  if (chosen === undefined) throw new TypeError('there is nothing to pick from')
  return chosen
}

/** A German IBAN of bank code 99999999, which is nobody's. */
function simulatedIban(random: Uint8Array): string {
  const number = Array.from(random.subarray(0, 10), byte => byte % 10).join('')
  const bban = `99999999${number}`
  return `DE${String(98 - mod97(`${bban}DE00`)).padStart(2, '0')}${bban}`
}

/** The same for the same top-up, as a bank books a transfer once: simulated twice it is still one transfer. */
const bankReferenceOf = ({ id }: TopUp): string => `SBX${createHash('sha256').update(id).digest('hex').slice(0, 20).toUpperCase()}`

/** What happened at the bank that day: the transfer, money from somebody else without a reference of ours, and a charge. */
function entriesOf(topUp: TopUp, payer: string, unit: bigint, bookedOn: string, random: Uint8Array): readonly EntryToWrite[] {
  const [first = 0, second = 0, third = 0] = random
  const ours: EntryToWrite = {
    amount: topUp.amount,
    direction: 'credit',
    bankReference: bankReferenceOf(topUp),
    bookedOn,
    reference: topUp.reference,
    text: 'SANDBOX simulated transfer',
    counterpartyName: payer,
    counterpartyIban: simulatedIban(random.subarray(4)),
  }
  const tail = Array.from(random.subarray(14, 20), byte => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
  const theirs: EntryToWrite = {
    amount: { currency: topUp.amount.currency, minor: unit * BigInt(1 + (third % 200)) + BigInt(first) },
    direction: 'credit',
    bankReference: `SBX-O${tail}`,
    bookedOn,
    text: `SANDBOX ${pick(words, second)}`,
    counterpartyName: pick(others, first),
    counterpartyIban: simulatedIban(random.subarray(20)),
  }
  const charge: EntryToWrite = {
    amount: { currency: topUp.amount.currency, minor: unit },
    direction: 'debit',
    bankReference: `SBX-F${tail}`,
    bookedOn,
    text: 'SANDBOX account charge',
  }
  return first % 2 === 0 ? [theirs, ours, charge] : [ours, charge, theirs]
}

const signedSum = (entries: readonly EntryToWrite[]): bigint =>
  entries.reduce((sum, { direction, amount }) => sum + (direction === 'credit' ? amount.minor : -amount.minor), 0n)

/** Lets the simulated bank write the statement of a day on which the top-up's transfer came in, and moves the balance of its own book. */
export async function writeSimulatedStatement(
  tx: Tx,
  { random }: Pick<ServicePorts, 'random'>,
  { account, minimum, currency, accountHolder }: ReceivingAccount,
  topUp: TopUp,
  payer: string,
  now: Instant,
): Promise<{ readonly xml: string; readonly statementId: string }> {
  const kept = await tx.settings.find(setting(currency))
  const before = kept === undefined ? { minor: String(minimum.minor * 10_000n), statements: 0 } : bankBook.parse(JSON.parse(kept))
  const opening: Amount = { currency, minor: BigInt(before.minor) }
  const on = iso(now).slice(0, 10)
  const entries = entriesOf(topUp, payer, minimum.minor, on, random(32))
  const statements = before.statements + 1
  const statementId = `SANDBOX-${currency}-${String(statements).padStart(6, '0')}`
  const of: StatementToWrite = {
    messageId: statementId,
    statementId,
    createdAt: iso(now),
    fromOn: on,
    toOn: on,
    iban: account,
    ownerName: accountHolder,
    opening,
    entries,
  }
  const closing = opening.minor + signedSum(entries)
  await tx.settings.save(setting(currency), JSON.stringify({ minor: closing.toString(), statements }))
  return { xml: writeCamt053(of), statementId }
}
