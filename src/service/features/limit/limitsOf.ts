import type { Limit } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import { monthOf } from '#core/limits/day.ts'
import { type DaySpan, type HolderDays, holderDay, monthEnds } from '#core/limits/holderDay.ts'
import { type LimitBound, leftOf } from '#core/limits/limits.ts'
import { type LimitHeld, limitHeld } from '#core/limits/ownLimit.ts'
import { type LimitKind, type LimitRail, limitKinds, policyFor } from '#core/limits/policy.ts'
import type { Holder, LimitRecord, LimitUse, Tx } from '#storage/serviceStore.ts'
import { amountWire, iso } from '../../wires.ts'

/** What is kept of a limit, and what it comes to at one moment. */
export type StandingLimit = { readonly kind: LimitKind; readonly kept: LimitRecord; readonly held: LimitHeld }

/** All limits of a holder at one moment: what is kept of each, and the bounds that a payment is measured against. */
export type Standing = {
  readonly today: DaySpan
  readonly limits: readonly StandingLimit[]
  readonly bounds: readonly LimitBound[]
}

export const daysOf = ({ timeZone, heldDay, heldDayEndsAt }: Holder): HolderDays => ({
  timeZone,
  held: heldDay === null || heldDayEndsAt === null ? null : { day: heldDay, endsAt: heldDayEndsAt },
})

const nothingKept = (holderId: string, kind: LimitKind): LimitRecord => ({
  ...{ holderId, kind, eurMinor: null, own: null, waiting: null, requested: null, answered: null },
})

export async function limitStanding(tx: Tx, holder: Holder, now: Instant): Promise<Standing> {
  const days = daysOf(holder)
  const today = holderDay(days, now)
  const [records, uses] = await Promise.all([tx.limits.ofHolder(holder.id), tx.limits.used(holder.id, monthOf(today.day))])
  const [given, crypto] = (['account', 'crypto'] as const).map(rail => policyFor(holder.tier, holder.country, rail))
  const limits = limitKinds.map(kind => {
    const kept = records.find(record => record.kind === kind) ?? nothingKept(holder.id, kind)
    return { kind, kept, held: limitHeld(kept.eurMinor ?? given?.[kind] ?? 0n, kept, now) }
  })
  const ends = { per_payment: null, per_day: today.endsAt, per_month: monthEnds(days, now) }
  const bound = (kind: LimitKind, rail: LimitRail | null, most: bigint): LimitBound => ({
    ...{ kind, rail, most, endsAt: ends[kind] },
    used: usedOf(uses, kind, rail, today.day),
  })
  // What is given in crypto is told where it is less than what is given in all.
  const ofCrypto = limits.flatMap(({ kind, held }) => {
    const most = crypto?.[kind] ?? 0n
    return most < held.amount ? [bound(kind, 'crypto', most)] : []
  })
  return { today, limits, bounds: [...limits.map(({ kind, held }) => bound(kind, null, held.amount)), ...ofCrypto] }
}

function usedOf(uses: readonly LimitUse[], kind: LimitKind, rail: LimitRail | null, today: string): bigint {
  if (kind === 'per_payment') return 0n
  const counted = uses.filter(use => (rail === null || use.rail === rail) && (kind === 'per_month' || use.day === today))
  return counted.reduce((sum, { eurMinor }) => sum + eurMinor, 0n)
}

/** The same standing once a payment by `rail` took `eurMinor` more. */
export const usedMore = (standing: Standing, rail: LimitRail, eurMinor: bigint): Standing => ({
  ...standing,
  bounds: standing.bounds.map(bound =>
    bound.kind === 'per_payment' || (bound.rail !== null && bound.rail !== rail) ? bound : { ...bound, used: bound.used + eurMinor },
  ),
})

/** Limits as they are shown: what holds, what of it is used, what waits, was asked for and was answered. */
export const limitsShown = ({ limits, bounds }: Standing): readonly Limit[] =>
  bounds.map(bound => {
    const limit = bound.rail === null ? limits.find(({ kind }) => kind === bound.kind) : undefined
    return { ...boundWire(bound), ...(limit ? keptWire(limit) : onlyGiven) }
  })

export const limitsOf = async (tx: Tx, holder: Holder, now: Instant): Promise<readonly Limit[]> =>
  limitsShown(await limitStanding(tx, holder, now))

const euro = (minor: bigint) => amountWire('EUR', minor)
const onlyGiven = { most: null, waiting: null, requested: null, answered: null }

const boundWire = (bound: LimitBound) => ({
  kind: bound.kind,
  rail: bound.rail,
  amount: euro(bound.most),
  used: euro(bound.used),
  left: euro(leftOf(bound)),
  freesUpAt: bound.endsAt !== null && bound.used > 0n ? iso(bound.endsAt) : null,
})

const keptWire = ({ held: { most, waiting }, kept: { requested, answered } }: StandingLimit) => ({
  most: euro(most),
  waiting: waiting && { amount: euro(waiting.eurMinor), at: iso(waiting.at) },
  requested: requested && { amount: euro(requested.eurMinor), at: iso(requested.at) },
  answered: answered && {
    asked: euro(answered.asked),
    amount: answered.eurMinor === null ? null : euro(answered.eurMinor),
    at: iso(answered.at),
    reason: answered.reason,
  },
})
