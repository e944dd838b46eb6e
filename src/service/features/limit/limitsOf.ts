import type { Limit } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import { dayIn, nextDayStarts } from '#core/limits/day.ts'
import { defaultLimits, type LimitKind, type LimitSnapshot, limitKinds } from '#core/limits/limits.ts'
import type { Holder, LimitRecord, Tx } from '#storage/serviceStore.ts'
import { amountWire, iso } from '../../wires.ts'

type Kept = Readonly<Record<LimitKind, LimitRecord | undefined>>

async function keptLimits(tx: Tx, { id }: Holder): Promise<Kept> {
  const [perPayment, perDay] = await Promise.all([tx.limits.find(id, 'per_payment'), tx.limits.find(id, 'per_day')])
  return { per_payment: perPayment, per_day: perDay }
}

/** What is kept of a holder's limits, and what it comes to at one moment. */
export type Standing = { readonly kept: Kept; readonly snapshot: LimitSnapshot }

export async function limitStanding(tx: Tx, holder: Holder, now: Instant): Promise<Standing> {
  const { id, timeZone } = holder
  const [kept, usedToday] = await Promise.all([keptLimits(tx, holder), tx.limits.used(id, dayIn(timeZone, now))])
  const snapshot = {
    perPayment: kept.per_payment?.eurMinor ?? defaultLimits.per_payment,
    perDay: kept.per_day?.eurMinor ?? defaultLimits.per_day,
    usedToday,
    dayEndsAt: nextDayStarts(timeZone, now),
  }
  return { kept, snapshot }
}

/** Limits as they are shown, with what is used, `usedMore` (euro cents) of it since they were read, and asked for. */
export const limitsShown = ({ kept, snapshot }: Standing, usedMore = 0n): readonly Limit[] =>
  limitKinds.map(kind => limitWire(kind, { ...snapshot, usedToday: snapshot.usedToday + usedMore }, kept[kind]?.requested ?? null))

export const limitsOf = async (tx: Tx, holder: Holder, now: Instant): Promise<readonly Limit[]> =>
  limitsShown(await limitStanding(tx, holder, now))

function limitWire(kind: LimitKind, snapshot: LimitSnapshot, requested: LimitRecord['requested']): Limit {
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
