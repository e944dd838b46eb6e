import type { Safety } from '#contracts/wire/secondFactor.ts'
import { type Factors, highestLine, type Way, waysOf } from '#core/account/secondFactor.ts'
import type { SafetyRecord } from '#storage/safetyRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { amountWire, iso } from '../../wires.ts'

/** What holds for a holder who turned nothing on. */
export const safetyRecord = async (tx: Tx, holderId: string): Promise<SafetyRecord> =>
  (await tx.safety.find(holderId)) ?? {
    holderId,
    appSecret: null,
    appSince: null,
    appStep: 0,
    mailSince: null,
    lineMinor: Number(highestLine),
    passwordChangedAt: null,
    mailPhrase: null,
  }

/** `recoveryLeft` only where it is asked for: what is turned on is known without it. */
export const factorsOf = ({ appSince, mailSince }: SafetyRecord, recoveryLeft = 0): Factors => ({
  hasApp: appSince !== null,
  hasMail: mailSince !== null,
  recoveryLeft,
})

export async function waysOfHolder(tx: Tx, holderId: string): Promise<readonly Way[]> {
  const record = await safetyRecord(tx, holderId)
  return waysOf(factorsOf(record, record.appSince === null ? 0 : (await tx.recoveryCodes.unused(holderId)).length))
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

export async function safetyWire(tx: Tx, { id, registeredAt }: Holder): Promise<Safety> {
  const record = await safetyRecord(tx, id)
  const waiting = await tx.passwordResets.waiting(id)
  return {
    appSince: isoOrNull(record.appSince),
    mailSince: isoOrNull(record.mailSince),
    recoveryLeft: record.appSince === null ? 0 : (await tx.recoveryCodes.unused(id)).length,
    line: amountWire('EUR', BigInt(record.lineMinor)),
    passwordChangedAt: iso(record.passwordChangedAt ?? registeredAt),
    mailPhrase: record.mailPhrase,
    resetAt: isoOrNull(waiting?.holdsFrom ?? null),
  }
}
