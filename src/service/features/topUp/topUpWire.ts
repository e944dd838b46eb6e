import type { TopUp as TopUpWire } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { amountWire, iso } from '../../wires.ts'

export const topUpWire = ({ amount, credited, ...of }: TopUp): TopUpWire => ({
  id: of.id,
  state: of.state,
  method: 'bank',
  amount: amountWire(amount.currency, amount.minor),
  fee: amountWire(amount.currency, 0n),
  credited: credited && amountWire(credited.currency, credited.minor),
  reference: of.reference,
  instructions: of.instructions,
  expectedBy: iso(of.expectedBy),
  expiresAt: iso(of.expiresAt),
  problem: of.problem,
  timeline: of.timeline.map(({ state, at }) => ({ state, at: iso(at) })),
})

/** Saves a changed top-up and tells its holder, in one transaction. One that did not change is neither saved nor told. */
export async function saveTopUp(tx: Tx, before: TopUp, after: TopUp, now: Instant): Promise<void> {
  if (after === before) return
  await tx.topUps.save(after)
  await appendFeed(tx, after.holderId, { type: 'top_up', topUp: topUpWire(after) }, now)
}
