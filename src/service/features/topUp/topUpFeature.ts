import { no, ok } from '#core/failure/outcome.ts'
import { cancel, expire } from '#core/topUp/topUp.ts'
import type { CommandHandler, Feature, ServicePorts, Work } from '../../ports.ts'
import { inRounds } from '../../rounds.ts'
import { amountWire } from '../../wires.ts'
import { createTopUp } from './createTopUp.ts'
import { receivingAccounts } from './receivingAccounts.ts'
import { saveTopUp, topUpWire } from './topUpWire.ts'

/** Declines: not_found (somebody else's too), top_up_finished. */
const cancelTopUp: CommandHandler<'top_up.cancel'> = async (tx, holder, { body, now }) => {
  const topUp = await tx.topUps.find(body.topUpId)
  if (!topUp || topUp.holderId !== holder.id) return no('not_found')
  const cancelled = cancel(topUp, now)
  if (!cancelled.ok) return cancelled
  await saveTopUp(tx, topUp, cancelled.value, now)
  return ok({ topUp: topUpWire(cancelled.value) })
}

const batch = 100
const everyMs = 60_000

/** Ends the instructions that nobody followed, until none is overdue. */
export async function expireTopUps({ store, clock }: Pick<ServicePorts, 'store' | 'clock'>): Promise<void> {
  for (;;) {
    const count = await store.write(async tx => {
      const now = clock()
      const overdue = await tx.topUps.overdue(now, batch)
      for (const topUp of overdue) await saveTopUp(tx, topUp, expire(topUp, now), now)
      return overdue.length
    })
    if (count < batch) return
  }
}

/** Reads the operator's bank accounts, so that a bad file stops the start and not a person, and then expires what is overdue every minute. */
function startExpiry(ports: ServicePorts): Work {
  receivingAccounts(ports.config)
  return inRounds(ports, { event: 'top_ups_not_expired', everyMs, firstAfterMs: 0 }, () => expireTopUps(ports))
}

/** Top-ups by bank transfer: instructions with a reference, cancelling, and what is offered. */
export const topUpFeature: Feature = {
  commands: { 'top_up.create': createTopUp, 'top_up.cancel': cancelTopUp },
  routes: {
    topUpOffer: async ({ config }) =>
      ok({
        currencies: receivingAccounts(config).map(({ currency, minimum, maximum, scheme }) => ({
          currency,
          minimum: amountWire(currency, minimum.minor),
          maximum: amountWire(currency, maximum.minor),
          scheme,
        })),
      }),
  },
  work: startExpiry,
}
