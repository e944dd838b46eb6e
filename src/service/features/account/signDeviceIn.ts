import type { Profile } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { enqueueSecurityMail } from '../../mail/securityMail.ts'
import type { ServicePorts } from '../../ports.ts'
import { type NewDevice, startSession } from '../../sessions.ts'
import { profileWire } from '../../wires.ts'
import { tellSecurity } from '../device/securityEvents.ts'

/** Told once: its token is kept as its hash alone. */
export type SignedIn = { readonly token: string; readonly deviceId: string; readonly profile: Profile }

/** Signs a device in whose person is proved, and tells them by mail and on their other devices. `country`: where it signs in, where that is known. */
export async function signDeviceIn(
  tx: Tx,
  ports: ServicePorts,
  holder: Holder,
  device: NewDevice,
  country: string | null,
  now: Instant,
): Promise<SignedIn> {
  const session = await startSession(tx, ports, holder, device, now, country)
  await tellSecurity(tx, ports, holder.id, { what: 'device_added', device: { ...device, id: session.deviceId }, country }, now)
  const letter = { kind: 'newDevice', name: holder.name, device: device.name, at: now, timeZone: holder.timeZone } as const
  await enqueueSecurityMail(tx, ports, holder, letter, now)
  return { ...session, profile: profileWire(holder) }
}
