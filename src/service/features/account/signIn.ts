import { parseEmail } from '#core/account/email.ts'
import { normalizePassword } from '#core/account/password.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Holder } from '#storage/serviceStore.ts'
import type { RouteHandler, ServicePorts } from '../../ports.ts'
import { endSession } from '../../sessions.ts'
import { iso } from '../../wires.ts'
import { recordSecurity } from '../device/securityEvents.ts'
import { learnGuesses } from '../risk/learn.ts'
import { beginChallenge } from '../secondFactor/beginChallenge.ts'
import { waysOfHolder } from '../secondFactor/safetyOf.ts'
import { endReset, holderByReset } from './currentPassword.ts'
import { matches } from './passwordHash.ts'
import { signDeviceIn } from './signDeviceIn.ts'
import { countTry, passwordTries, uncountTry, waitsUntil, wrongBefore } from './tries.ts'

/**
 * Whether a password is the one of an e-mail. Each try is counted before it is checked. A wrong one and an unknown e-mail get the same answer, the same
 * waits and the same work. Declines: credentials_wrong, sign_in_wait (detail.at).
 */
export async function provePassword(ports: ServicePorts, address: string, email: string, password: string): Promise<Outcome<Holder>> {
  const parsed = parseEmail(email)
  const emailKey = parsed.ok ? parsed.value.key : email.toLowerCase()
  const counted = passwordTries(emailKey, address)
  const begun = await ports.store.write(async tx => {
    const now = ports.clock()
    const until = await waitsUntil(tx, counted, now)
    if (until !== undefined) return { until, holder: undefined }
    await countTry(tx, counted, now)
    const holder = await tx.holders.findByEmail(emailKey)
    return { until, holder: holder && (await holderByReset(tx, ports, holder, now)) }
  })
  if (begun.until !== undefined) return no('sign_in_wait', { at: iso(begun.until) })
  const isRight = await matches(normalizePassword(password), begun.holder?.passwordHash ?? null, 'password')
  if (!isRight || !begun.holder) return no('credentials_wrong')
  const { id, passwordHash } = begun.holder
  return ports.store.write(async tx => {
    const holder = await tx.holders.find(id)
    // Another one may hold since the hash was computed.
    if (!holder || holder.passwordHash !== passwordHash) return no('credentials_wrong')
    await learnGuesses(tx, holder.id, await wrongBefore(tx, counted), ports.clock())
    await uncountTry(tx, counted)
    return ok(holder)
  })
}

/** Who has a second factor is asked for it: the challenge signs this device in. Who knows the password stops a new one that waits to hold. */
export const signIn: RouteHandler<'signIn'> = async (ports, caller, { email, password, device }) => {
  const proved = await provePassword(ports, caller.address, email, password)
  if (!proved.ok) return proved
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(proved.value.id)
    if (!holder || holder.passwordHash !== proved.value.passwordHash) return no('credentials_wrong')
    const ways = await waysOfHolder(tx, holder.id)
    if (ways.length > 0) return ok({ challenge: await beginChallenge(tx, ports, holder.id, { signsIn: device, ways }, now) })
    await endReset(tx, ports, holder, now)
    return ok(await signDeviceIn(tx, ports, holder, device, ports.placeOf(caller.address), now))
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
