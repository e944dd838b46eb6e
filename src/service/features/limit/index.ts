import type { AmountWire } from '#contracts/wire/scalars.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import { appendFeed } from '../../feed/append.ts'
import type { Feature, ServicePorts } from '../../ports.ts'
import { takeCommandProof } from '../secondFactor/proofs.ts'
import { waysOfHolder } from '../secondFactor/safetyOf.ts'
import { limitStanding, limitsOf } from './limitsOf.ts'

/** The most that a limit can be: ten million euro. */
const highestLimit = 1_000_000_000n

/** A limit in euro cents; limits are kept in euro, other currencies count at the reference rate. Decline: amount_invalid. */
export function limitAmount({ rates }: Pick<ServicePorts, 'rates'>, { currency, value }: AmountWire, min: bigint): Outcome<bigint> {
  const amount = parseDecimal(currency, value)
  const eurMinor = amount && euroCents(amount, rates().perEuro)
  if (eurMinor !== undefined && eurMinor >= min && eurMinor <= highestLimit) return ok(eurMinor)
  const euro = (minor: bigint) => toDecimal({ currency: 'EUR', minor })
  return no('amount_invalid', { currency: 'EUR', min: euro(min), max: euro(highestLimit) })
}

/** Asking for a higher limit: an operator answers by setting it. One wish at a time for each limit. */
export const limitFeature: Feature = {
  commands: {
    'limit.ask_raise': async (tx, holder, { id, body, now }, ports) => {
      const { kind, amount, reason } = body
      const kept = await tx.limits.find(holder.id, kind)
      if (kept?.requested) return no('limit_request_open')
      const { perPayment, perDay } = (await limitStanding(tx, holder, now)).snapshot
      const wanted = limitAmount(ports, amount, (kind === 'per_payment' ? perPayment : perDay) + 1n)
      if (!wanted.ok) return wanted
      if ((await waysOfHolder(tx, holder.id)).length > 0) {
        const proved = await takeCommandProof(tx, holder.id, { kind: 'limit', commandId: id, limit: kind, amount }, now)
        if (!proved.ok) return proved
      }
      const requested = { eurMinor: wanted.value, at: now, reason }
      await tx.limits.save({ holderId: holder.id, kind, eurMinor: kept?.eurMinor ?? null, requested })
      const limits = [...(await limitsOf(tx, holder, now))]
      await appendFeed(tx, holder.id, { type: 'limits', limits }, now)
      const limit = limits.find(one => one.kind === kind)
      if (!limit) throw new Fault('unexpected', { cause: new Error('a limit is missing') })
      return ok({ limit })
    },
  },
}
