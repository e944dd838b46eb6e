import { Fault } from '#core/failure/faults.ts'
import { no } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { isTimeZone } from '#core/limits/day.ts'
import { moveDay } from '#core/limits/holderDay.ts'
import { setOwnLimit } from '#core/limits/ownLimit.ts'
import type { LimitKind } from '#core/limits/policy.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { CommandOutcome, Feature } from '../../ports.ts'
import { profileWire } from '../../wires.ts'
import { takeCommandProof } from '../secondFactor/proofs.ts'
import { waysOfHolder } from '../secondFactor/safetyOf.ts'
import { limitDesk } from './desk.ts'
import { limitAmount, standingLimit } from './limitAmount.ts'
import { daysOf, limitsOf } from './limitsOf.ts'

/** Tells all limits anew; answers the one that the holder changed. */
async function told(tx: Tx, holder: Holder, kind: LimitKind, now: Instant): Promise<CommandOutcome> {
  const limits = [...(await limitsOf(tx, holder, now))]
  await appendFeed(tx, holder.id, { type: 'limits', limits }, now)
  const limit = limits.find(one => one.kind === kind && one.rail === null)
  if (!limit) throw new Fault('unexpected', { cause: new Error('a limit is missing') })
  return { ok: true, value: { limit } }
}

/**
 * A person's own limits: lower at once, up again after a day, and more than they may have by asking: an operator answers, one wish at a time for each.
 * And the time zone by whose midnight their days are counted.
 */
export const limitFeature: Feature = {
  routes: limitDesk,
  commands: {
    'limit.set': async (tx, holder, { body: { kind, amount }, now }, ports) => {
      const wanted = limitAmount(ports, amount, 1n)
      if (!wanted.ok) return wanted
      const { kept, held } = await standingLimit(tx, holder, kind, now)
      const set = setOwnLimit(held, wanted.value, now)
      if (!set.ok) return set
      await tx.limits.save({ ...kept, ...set.value })
      const [by, object] = [`holder:${holder.id}`, `holder:${holder.id}`]
      const from = set.value.waiting === null ? {} : { from: String(set.value.waiting.at) }
      const detail = { kind, eur_minor: String(wanted.value), eur_minor_before: String(held.amount), ...from }
      await tx.audit.append({ at: now, by, act: 'limit.own_set', object, detail })
      return told(tx, holder, kind, now)
    },
    'limit.ask_raise': async (tx, holder, { id, body: { kind, amount, reason, source }, now }, ports) => {
      const { kept, held } = await standingLimit(tx, holder, kind, now)
      if (kept.requested) return no('limit_request_open')
      // What they may have they take by themselves.
      const wanted = limitAmount(ports, amount, held.most + 1n)
      if (!wanted.ok) return wanted
      if ((await waysOfHolder(tx, holder.id)).length > 0) {
        const proved = await takeCommandProof(tx, holder.id, { kind: 'limit', commandId: id, limit: kind, amount }, now)
        if (!proved.ok) return proved
      }
      const requested = { eurMinor: wanted.value, at: now, reason, ...(source === undefined ? {} : { source }) }
      await tx.limits.save({ ...kept, requested })
      return told(tx, holder, kind, now)
    },
    'limit.move_day': async (tx, holder, { body: { timeZone }, now }) => {
      if (!isTimeZone(timeZone)) return no('input_invalid', { field: 'timeZone' })
      const { held } = moveDay(daysOf(holder), timeZone, now)
      const moved = { ...holder, timeZone, heldDay: held?.day ?? null, heldDayEndsAt: held?.endsAt ?? null }
      await tx.holders.setDays(holder.id, moved)
      const [by, object] = [`holder:${holder.id}`, `holder:${holder.id}`]
      await tx.audit.append({ at: now, by, act: 'limit.day_moved', object, detail: { before: holder.timeZone, zone: timeZone } })
      await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire(moved) }, now)
      return told(tx, moved, 'per_day', now)
    },
  },
}
