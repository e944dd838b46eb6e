import { parseEmail } from '#core/account/email.ts'
import { normalizePassword } from '#core/account/password.ts'
import { forgetTriesMs, signInWaitMs, type TryKind } from '#core/account/signInWait.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler } from '../../ports.ts'
import { endSession, startSession } from '../../sessions.ts'
import { iso, profileWire } from '../../wires.ts'
import { recordSecurity, tellSecurity } from '../device/securityEvents.ts'
import { matches } from './passwordHash.ts'

type Counted = { readonly key: string; readonly kind: TryKind }

/** When the next try may come by what is counted, if not now. */
async function waitsUntil(tx: Tx, counted: readonly Counted[], now: Instant): Promise<Instant | undefined> {
  let latest = now
  for (const { key, kind } of counted) {
    const tries = await tx.signInCounts.find(key)
    if (tries && now < tries.lastAt + forgetTriesMs) latest = Math.max(latest, tries.lastAt + signInWaitMs(kind, tries.wrong))
  }
  return latest > now ? latest : undefined
}

/** A try counts as wrong until it proves right, so that a thousand at once are not a thousand free ones. */
async function countTry(tx: Tx, counted: readonly Counted[], now: Instant): Promise<void> {
  await tx.signInCounts.forget(now - forgetTriesMs)
  for (const { key } of counted)
    await tx.signInCounts.save({ key, wrong: ((await tx.signInCounts.find(key))?.wrong ?? 0) + 1, lastAt: now })
}

async function uncountTry(tx: Tx, { account, address }: { readonly account: Counted; readonly address: Counted }): Promise<void> {
  await tx.signInCounts.clear(account.key)
  const tries = await tx.signInCounts.find(address.key)
  if (!tries) return
  if (tries.wrong > 1) await tx.signInCounts.save({ ...tries, wrong: tries.wrong - 1 })
  else await tx.signInCounts.clear(address.key)
}

/**
 * A wrong password and an unknown e-mail get the same answer, the same waits and the same work. The person is told of the new device by mail.
 * Declines: credentials_wrong, sign_in_wait (detail.at).
 */
export const signIn: RouteHandler<'signIn'> = async (ports, caller, { email, password, device }) => {
  const parsed = parseEmail(email)
  const emailKey = parsed.ok ? parsed.value.key : email.toLowerCase()
  const account: Counted = { key: `account ${emailKey}`, kind: 'account' }
  const address: Counted = { key: `address ${caller.address}`, kind: 'address' }
  const counted = [account, address]
  const begun = await ports.store.write(async tx => {
    const now = ports.clock()
    const until = await waitsUntil(tx, counted, now)
    if (until !== undefined) return { until, holder: undefined }
    await countTry(tx, counted, now)
    return { until, holder: await tx.holders.findByEmail(emailKey) }
  })
  if (begun.until !== undefined) return no('sign_in_wait', { at: iso(begun.until) })
  const isRight = await matches(normalizePassword(password), begun.holder?.passwordHash ?? null, 'password')
  if (!isRight || !begun.holder) return no('credentials_wrong')
  const { id } = begun.holder
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    if (!holder) return no('credentials_wrong')
    await uncountTry(tx, { account, address })
    const country = ports.placeOf(caller.address)
    const session = await startSession(tx, ports, holder, device, now, country)
    await tellSecurity(tx, ports, id, { what: 'device_added', device: { ...device, id: session.deviceId }, country }, now)
    const letter = { kind: 'newDevice', name: holder.name, device: device.name, at: now, timeZone: holder.timeZone } as const
    await enqueueMail(tx, ports, holder, letter, now)
    return ok({ ...session, profile: profileWire(holder) })
  })
}

/** Ends the session and revokes the key of the device: signing in again makes another. Who was out of reach for long leaves by a token that is stale. */
export const signOut: RouteHandler<'signOut'> = async (ports, { holderId, deviceId }) => {
  await ports.store.write(async tx => {
    const now = ports.clock()
    const device = await tx.devices.find(deviceId)
    if (!device || device.revokedAt !== null) return
    await endSession(tx, deviceId, now)
    await recordSecurity(tx, ports, holderId, { what: 'device_signed_out', device }, now)
  })
  return ok({ signedOut: true })
}
