import type { SecurityEvent } from '#contracts/wire/shapes.ts'
import type { AuditAct } from '#core/audit/acts.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Device, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'

type Happened = {
  readonly what: SecurityEvent['what']
  readonly device: Pick<Device, 'id' | 'name' | 'system'>
  readonly country?: string | null
  /** The device that did it to another. */
  readonly byDevice?: string
}

/** Tells every device of a holder what happened to the safety of the account. */
export async function tellSecurity(
  tx: Tx,
  { ids }: Pick<ServicePorts, 'ids'>,
  holderId: string,
  { what, device: { id, name, system }, country = null, byDevice }: Happened,
  now: Instant,
): Promise<void> {
  const event = { id: ids(), at: iso(now), what, device: { id, name, system }, country, byDevice: byDevice ?? null }
  await appendFeed(tx, holderId, { type: 'security', event }, now)
}

const acts = {
  device_added: 'device.added',
  device_renamed: 'device.renamed',
  device_revoked: 'device.revoked',
  device_signed_out: 'device.signed_out',
} as const satisfies Record<SecurityEvent['what'], AuditAct>

/** As `tellSecurity`, with its line of the audit log. A device that is added has its line by `startSession`. */
export async function recordSecurity(
  tx: Tx,
  ports: Pick<ServicePorts, 'ids'>,
  holderId: string,
  happened: Happened,
  now: Instant,
): Promise<void> {
  const detail = happened.byDevice === undefined ? {} : { by_device: happened.byDevice }
  const object = `device:${happened.device.id}`
  await tx.audit.append({ at: now, by: `holder:${holderId}`, act: acts[happened.what], object, detail })
  await tellSecurity(tx, ports, holderId, happened, now)
}
