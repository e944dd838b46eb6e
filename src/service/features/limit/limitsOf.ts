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

type Standing = { readonly kept: Kept; readonly snapshot: LimitSnapshot }

async function standing(tx: Tx, holder: Holder, now: Instant): Promise<Standing> {
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

/** The limits of a holder as they stand now, for a decision. */
export const limitSnapshot = async (tx: Tx, holder: Holder, now: Instant): Promise<LimitSnapshot> =>
  (await standing(tx, holder, now)).snapshot

/** The limits of a holder as they are shown, with what is used and asked for. */
export async function limitsOf(tx: Tx, holder: Holder, now: Instant): Promise<readonly Limit[]> {
  const { kept, snapshot } = await standing(tx, holder, now)
  return limitKinds.map(kind => limitWire(kind, snapshot, kept[kind]?.requested ?? null))
}

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
