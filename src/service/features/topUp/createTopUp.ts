import { codeFromBytes } from '#contracts/wire/links.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { type Amount, compare, parseDecimal, toDecimal } from '#core/money/amount.ts'
import { epcPayload } from '#core/rails/epcQr.ts'
import { type CreditorReference, makeReference } from '#core/rails/reference.ts'
import { type Instructions, type TopUp, topUpLifeMs } from '#core/topUp/topUp.ts'
import { expectedArrival } from '#core/topUp/workingDays.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { CommandHandler, ServicePorts } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'
import { type ReceivingAccount, receivingAccounts } from './receivingAccounts.ts'
import { topUpWire } from './topUpWire.ts'

/** 60 random bits. All bodies have this length, so that no reference is the beginning of another. */
const bodyLength = 12

async function newReference(tx: Tx, random: ServicePorts['random']): Promise<CreditorReference> {
  for (;;) {
    const reference = makeReference(codeFromBytes(random(bodyLength), bodyLength))
    if (!(await tx.topUps.hasReference(reference))) return reference
  }
}

/** What the payer's bank needs; for euro with the text that a banking app scans. */
function instruct(account: ReceivingAccount, amount: Amount, reference: CreditorReference): Outcome<Instructions> {
  const { accountHolder, account: number, bic, bankName, scheme } = account
  const plain = { accountHolder, account: number, bic, bankName, scheme }
  if (amount.currency !== 'EUR') return ok({ ...plain, epcPayload: null })
  const payload = epcPayload({ name: accountHolder, iban: number, bic, amount: { currency: 'EUR', minor: amount.minor }, reference })
  return payload.ok ? ok({ ...plain, epcPayload: payload.value }) : payload
}

/** Declines: currency_not_offered, currency_not_held, amount_invalid (detail: min, max, currency). */
export const createTopUp: CommandHandler<'top_up.create'> = async (tx, holder, { id, body, now }, ports) => {
  const amount = parseDecimal(body.amount.currency, body.amount.value)
  if (!amount) return no('amount_invalid')
  const { currency } = amount
  const account = receivingAccounts(ports.config).find(of => of.currency === currency)
  if (!account) return no('currency_not_offered', { currency })
  if (!(await tx.ledger.account(holderAccount(holder.id, currency)))) return no('currency_not_held', { currency })
  const { minimum, maximum } = account
  if (compare(amount, minimum) < 0 || compare(amount, maximum) > 0)
    return no('amount_invalid', { min: toDecimal(minimum), max: toDecimal(maximum), currency })
  const reference = await newReference(tx, ports.random)
  const instructions = instruct(account, amount, reference)
  if (!instructions.ok) return instructions
  const topUp = instructed({ id, holderId: holder.id, amount, reference, instructions: instructions.value }, account, now)
  await tx.topUps.add(topUp)
  await appendFeed(tx, holder.id, { type: 'top_up', topUp: topUpWire(topUp) }, now)
  return ok({ topUp: topUpWire(topUp) })
}

const instructed = (
  of: Pick<TopUp, 'id' | 'holderId' | 'amount' | 'reference' | 'instructions'>,
  { arrival }: ReceivingAccount,
  now: Instant,
): TopUp => ({
  ...of,
  state: 'instructed',
  credited: null,
  createdAt: now,
  expectedBy: expectedArrival(now, arrival),
  expiresAt: now + topUpLifeMs,
  problem: null,
  timeline: [{ state: 'instructed', at: now }],
})
