import type { Limit } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import { dayIn, nextDayStarts } from '#core/limits/day.ts'
import { defaultLimits, type LimitKind, type LimitSnapshot, limitKinds } from '#core/limits/limits.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { amountWire, iso } from '../../wires.ts'

/** The limits of a holder as they stand now, for a decision. */
export async function limitSnapshot(tx: Tx, { id, timeZone }: Holder, now: Instant): Promise<LimitSnapshot> {
  const perPayment = await tx.limits.find(id, 'per_payment')
  const perDay = await tx.limits.find(id, 'per_day')
  return {
    perPayment: perPayment?.eurMinor ?? defaultLimits.per_payment,
    perDay: perDay?.eurMinor ?? defaultLimits.per_day,
    usedToday: await tx.limits.used(id, dayIn(timeZone, now)),
    dayEndsAt: nextDayStarts(timeZone, now),
  }
}

/** The limits of a holder as they are shown, with what is used and asked for. */
export async function limitsOf(tx: Tx, holder: Holder, now: Instant): Promise<readonly Limit[]> {
  const snapshot = await limitSnapshot(tx, holder, now)
  return Promise.all(limitKinds.map(kind => limitWire(tx, holder, kind, snapshot)))
}

async function limitWire(tx: Tx, { id }: Holder, kind: LimitKind, snapshot: LimitSnapshot): Promise<Limit> {
  const { requested } = (await tx.limits.find(id, kind)) ?? { requested: null }
  const amount = kind === 'per_payment' ? snapshot.perPayment : snapshot.perDay
  const used = kind === 'per_payment' ? 0n : snapshot.usedToday
  return {
    kind,
    amount: amountWire('EUR', amount),
    used: amountWire('EUR', used),
    left: amountWire('EUR', amount > used ? amount - used : 0n),
    freesUpAt: used > 0n ? iso(snapshot.dayEndsAt) : null,
    requested: requested && { amount: amountWire('EUR', requested.eurMinor), at: iso(requested.at) },
  }
}
