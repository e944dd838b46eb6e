import { createHash } from 'node:crypto'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { limitsOf } from './features/limit/limitsOf.ts'
import { appendFeed } from './feed/append.ts'
import type { ServicePorts } from './ports.ts'
import { profileWire } from './wires.ts'

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

export type NewDevice = { readonly publicKey: string; readonly name: string; readonly system: string }

/** Adds the device and starts its session. The token is told once and kept only as its hash. */
export async function startSession(
  tx: Tx,
  { random, ids }: Pick<ServicePorts, 'random' | 'ids'>,
  holder: Holder,
  device: NewDevice,
  now: Instant,
): Promise<{ readonly token: string; readonly deviceId: string }> {
  const deviceId = ids()
  const token = base64url(random(32))
  await tx.devices.add({ id: deviceId, holderId: holder.id, ...device, addedAt: now, revokedAt: null })
  await tx.sessions.add({ tokenHash: tokenHash(token), holderId: holder.id, deviceId, startedAt: now, endedAt: null })
  return { token, deviceId }
}

/** Ends the sessions of a device and revokes its key. */
export async function endSession(tx: Tx, deviceId: string, now: Instant): Promise<void> {
  await tx.sessions.endOfDevice(deviceId, now)
  await tx.devices.revoke(deviceId, now)
}

/** Makes the account of a person: the profile is the first event of its feed, the limits the second. */
export async function openHolder(tx: Tx, holder: Holder, now: Instant): Promise<void> {
  await tx.holders.add(holder)
  await appendFeed(tx, holder.id, { type: 'profile', profile: profileWire(holder) }, now)
  await appendFeed(tx, holder.id, { type: 'limits', limits: [...(await limitsOf(tx, holder, now))] }, now)
}
