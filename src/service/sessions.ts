import { createHash } from 'node:crypto'
import { isUseDue, type SessionTimes, standingOf } from '#core/account/session.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Device, Holder, Session, Tx } from '#storage/serviceStore.ts'
import { limitsOf } from './features/limit/limitsOf.ts'
import { learn } from './features/risk/learn.ts'
import { appendFeed } from './feed/append.ts'
import type { ServicePorts } from './ports.ts'
import { profileWire } from './wires.ts'

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

export type NewDevice = {
  readonly publicKey: string
  readonly name: string
  readonly system: string
  readonly installation?: string | undefined
}

type Makers = Pick<ServicePorts, 'random' | 'ids'>

/** Adds the device and starts its session. The token is told once and kept only as its hash. `country`: where it signs in, where that is known. */
export async function startSession(
  tx: Tx,
  { random, ids }: Makers,
  holder: Holder,
  told: NewDevice,
  now: Instant,
  country: string | null = null,
): Promise<{ readonly token: string; readonly deviceId: string }> {
  const token = base64url(random(32))
  const device = {
    id: ids(),
    holderId: holder.id,
    ...told,
    installation: told.installation ?? null,
    addedAt: now,
    revokedAt: null,
    usedAt: now,
    country,
  }
  await tx.devices.add(device)
  const times = { startedAt: now, endedAt: null, madeAt: now, replacedAt: null }
  await tx.sessions.add({ tokenHash: tokenHash(token), holderId: holder.id, deviceId: device.id, ...times })
  await tx.audit.append({ at: now, by: `holder:${holder.id}`, act: 'device.added', object: `device:${device.id}`, detail: {} })
  await learn(tx, { what: 'signed_in', at: now, holder: holder.id, installation: device.installation ?? device.id, country })
  return { token, deviceId: device.id }
}

/** Ends the sessions of a device and revokes its key. */
export async function endSession(tx: Tx, deviceId: string, now: Instant): Promise<void> {
  await tx.sessions.endOfDevice(deviceId, now)
  await tx.devices.revoke(deviceId, now)
}

export type FoundSession = { readonly session: Session; readonly device: Device; readonly times: SessionTimes }

/** The session of a token, whatever the token is still good for. Declines: not_signed_in, device_revoked, session_expired. */
export async function sessionOf(
  tx: Pick<Tx, 'sessions' | 'devices'>,
  token: string,
  { config }: Pick<ServicePorts, 'config'>,
  now: Instant,
): Promise<Outcome<FoundSession>> {
  const session = await tx.sessions.find(tokenHash(token))
  const device = session && (await tx.devices.find(session.deviceId))
  if (!device) return no('not_signed_in')
  if (session.endedAt !== null || device.revokedAt !== null) return no('device_revoked')
  const times = { startedAt: session.startedAt, madeAt: session.madeAt, replacedAt: session.replacedAt, usedAt: device.usedAt }
  return standingOf(times, config.sessions, now) === 'expired' ? no('session_expired') : ok({ session, device, times })
}

/** The session of a token that is good for everything. Declines: as `sessionOf`, and session_stale where it is to be exchanged first. */
export async function goodSessionOf(
  tx: Pick<Tx, 'sessions' | 'devices'>,
  token: string,
  ports: Pick<ServicePorts, 'config'>,
  now: Instant,
): Promise<Outcome<FoundSession>> {
  const found = await sessionOf(tx, token, ports, now)
  if (!found.ok) return found
  return standingOf(found.value.times, ports.config.sessions, now) === 'stale' ? no('session_stale') : found
}

/** Notes that a device was heard, at most once an hour. Who calls is not kept from it where the book takes nothing just now. */
export async function noteUse(
  { store, log, placeOf }: Pick<ServicePorts, 'store' | 'log' | 'placeOf'>,
  device: Device,
  address: string,
  now: Instant,
): Promise<void> {
  if (!isUseDue(device.usedAt, now)) return
  const noted = store.write(tx => tx.devices.use(device.id, now, placeOf(address) ?? device.country))
  await noted.catch((error: unknown) => log.error({ event: 'device_use_not_noted', cause: error instanceof Error ? error.message : '' }))
}

/** Gives the session of a device another token, in the place of those that it has. They are good for two minutes more, and can be exchanged again. */
export async function replaceToken(
  tx: Tx,
  { random, config }: Pick<ServicePorts, 'random' | 'config'>,
  { session, device }: FoundSession,
  now: Instant,
): Promise<string> {
  const token = base64url(random(32))
  await tx.sessions.forgetReplaced(device.id, now - config.sessions.idleMs)
  await tx.sessions.replaceOfDevice(device.id, now)
  await tx.sessions.add({ ...session, tokenHash: tokenHash(token), madeAt: now, replacedAt: null })
  return token
}

/** Makes the account of a person: the profile is the first event of its feed, the limits the second. */
export async function openHolder(tx: Tx, holder: Holder, now: Instant): Promise<void> {
  await tx.holders.add(holder)
  await learn(tx, { what: 'opened', at: now, holder: holder.id, country: holder.country })
  await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire(holder) }, now)
  await appendFeed(tx, holder.id, { type: 'limits', limits: [...(await limitsOf(tx, holder, now))] }, now)
}
