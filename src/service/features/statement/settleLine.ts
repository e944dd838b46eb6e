import { Fault } from '#core/failure/faults.ts'
import type { Instant } from '#core/ledger/command.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import { type Amount, parseDecimal } from '#core/money/amount.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import type { StatementProblemCode } from '#core/rails/bank/problems.ts'
import { credit, detect, expire, type TopUp } from '#core/topUp/topUp.ts'
import type { BankEntry, BankLine, BankStatement } from '#storage/featureRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { appendPosting } from '../../feed/append.ts'
import type { ServicePorts } from '../../ports.ts'
import { holderAccount } from '../../wires.ts'
import { learn } from '../risk/learn.ts'
import { currenciesOf, receivingAccounts } from '../topUp/receivingAccounts.ts'
import { saveTopUp } from '../topUp/topUpWire.ts'
import { railAccount } from './railAccount.ts'

export type Settled = {
  readonly outcome: 'credited' | 'waiting' | 'seen_before' | 'not_money_in'
  readonly problem: string | null
  readonly reference: string
}

/** Money for somebody, or why it waits; `topUp` is the one that it names even then. */
type Judgement =
  | { readonly ok: true; readonly topUp: TopUp; readonly credited: TopUp; readonly money: Amount }
  | { readonly ok: false; readonly problem: string; readonly topUp: TopUp | undefined }

const wait = (problem: string, topUp?: TopUp): Judgement => ({ ok: false, problem, topUp })
const because = (code: StatementProblemCode, topUp?: TopUp): Judgement => wait(code, topUp)

/** In the order of core/rails/bank/problems.ts: the statement, the line by itself, then the line against the book. */
async function judge(tx: Tx, { config }: ServicePorts, line: BankLine, statement: BankStatement, now: Instant): Promise<Judgement> {
  const named = line.references.length === 0 ? [] : await tx.topUps.named(line.references)
  const only = named.length === 1 ? named[0] : undefined
  const currencies = currenciesOf(config, line.account)
  // An account that is not ours tells nothing about money that is on its way to us.
  if (statement.problem !== null) return wait(statement.problem, currencies.length > 0 ? only : undefined)
  if (line.problem !== null) return wait(line.problem, only)
  if (named.length > 1) return because('several_references')
  const money = isCurrencyCode(line.currency) ? parseDecimal(line.currency, line.amount) : undefined
  if (!money || !currencies.includes(money.currency)) return because('currency_unknown', only)
  if (!only) return because('reference_unknown')
  const credited = credit(only, money, now)
  if (!credited.ok) return because('top_up_finished', only)
  if (only.amount.currency !== money.currency) return because('amount_differs', only)
  if (!(await tx.ledger.account(holderAccount(only.holderId, money.currency)))) return because('currency_not_held', only)
  return { ok: true, topUp: only, credited: credited.value, money }
}

type Run = { readonly id: string; readonly file: string }

const bankEntry = (of: BankLine, run: Run, id: string, now: Instant): Omit<BankEntry, 'state' | 'topUpId' | 'problem'> => ({
  ...{ id, identity: of.identity, importId: run.id, file: run.file, importedAt: now },
  ...{ account: of.account, amount: of.amount, currency: of.currency, bookedOn: of.bookedOn, valueOn: of.valueOn },
  ...{ debtor: of.debtor, remittance: of.remittance, bankReference: of.bankReference },
})

/** The bank's account -> the holder's, one posting for each entry, told to the holder in the same transaction. */
async function post(
  tx: Tx,
  ports: ServicePorts,
  entryId: string,
  { topUp, credited, money }: Extract<Judgement, { ok: true }>,
  now: Instant,
) {
  const rail = await railAccount(tx, ports, money.currency, now)
  const answer = await tx.ledger.post({
    type: 'post',
    id: entryId,
    at: now,
    kind: 'top_up',
    subject: topUp.id,
    effectiveAt: now,
    legs: [
      { account: rail, minor: -money.minor },
      { account: holderAccount(topUp.holderId, money.currency), minor: money.minor },
    ],
  })
  if (!answer.ok) throw new Fault('unexpected', { cause: new Error(`the ledger declined a credit: ${answer.decline.code}`) })
  const { posting, accounts } = answer.value
  if (!posting) throw new Fault('unexpected', { cause: new Error('a credit without a posting') })
  const bank = receivingAccounts(ports.config).find(of => of.currency === money.currency)?.bankName ?? ''
  const holder = await tx.holders.find(topUp.holderId)
  await appendPosting(tx, { posting, accounts }, { bank, [topUp.holderId]: holder?.name ?? '' }, now)
  await saveTopUp(tx, topUp, credited, now)
  const eurMinor = euroCents(money, ports.rates().perEuro)
  if (eurMinor !== undefined) await learn(tx, { what: 'money_in', at: now, holder: topUp.holderId, eurMinor, payer: null })
}

/**
 * What becomes of one line of a file that was read to its end. An entry that was credited is never credited again, whatever file it comes in. One
 * that waits is looked at again whenever it comes: the bank may have sent a better statement, or the person opened the currency.
 */
export async function settleLine(
  tx: Tx,
  ports: ServicePorts,
  run: Run,
  line: BankLine,
  statement: BankStatement,
  now: Instant,
): Promise<Settled> {
  const candidate = line.references[0] ?? ''
  if (!line.isMoneyIn) return { outcome: 'not_money_in', problem: line.problem, reference: candidate }
  const earlier = await tx.statements.entry(line.identity)
  if (earlier?.state === 'credited') return { outcome: 'seen_before', problem: 'already_seen', reference: candidate }
  const judged = await judge(tx, ports, line, statement, now)
  const reference = judged.topUp?.reference ?? candidate
  const entry = bankEntry(line, run, earlier?.id ?? ports.ids(), now)
  const save = earlier ? tx.statements.saveEntry : tx.statements.addEntry
  if (judged.ok) {
    await save({ ...entry, state: 'credited', problem: null, topUpId: judged.topUp.id })
    await post(tx, ports, entry.id, judged, now)
    await tx.statements.dropPending(judged.topUp.id, line.amount, line.currency)
    return { outcome: 'credited', problem: null, reference }
  }
  if (earlier) return { outcome: 'seen_before', problem: earlier.problem, reference }
  await save({ ...entry, state: 'waiting', problem: judged.problem, topUpId: judged.topUp?.id ?? null })
  if (judged.topUp) await saveTopUp(tx, judged.topUp, detect(expire(judged.topUp, now), judged.problem, now), now)
  return { outcome: 'waiting', problem: judged.problem, reference }
}
