import { rotationText } from '#contracts/service/signing.ts'
import type { DeviceWire } from '#contracts/wire/shapes.ts'
import { parseDeviceName } from '#core/account/deviceName.ts'
import { standingOf } from '#core/account/session.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Device, Holder, Tx } from '#storage/serviceStore.ts'
import { isTextSigned } from '../../http/signature.ts'
import { enqueueSecurityMail } from '../../mail/securityMail.ts'
import type { Feature, RouteHandler, ServicePorts } from '../../ports.ts'
import { endSession, replaceToken, sessionOf } from '../../sessions.ts'
import { iso } from '../../wires.ts'
import { takeCommandProof } from '../secondFactor/proofs.ts'
import { waysOfHolder } from '../secondFactor/safetyOf.ts'
import { recordSecurity } from './securityEvents.ts'

/** How far the instant of a signed exchange may be from the service's time. */
const toleranceMs = 5 * 60_000

const deviceWire = ({ id, name, system, addedAt, usedAt, country }: Device): DeviceWire => ({
  ...{ id, name, system, country },
  addedAt: iso(addedAt),
  usedAt: usedAt === null ? null : iso(usedAt),
})

/** Whether somebody is signed in there: a session that ran out is none any more. */
const isLive = ({ addedAt, usedAt }: Device, { config }: Pick<ServicePorts, 'config'>, now: Instant): boolean =>
  standingOf({ startedAt: addedAt, madeAt: now, replacedAt: null, usedAt }, config.sessions, now) !== 'expired'

/** Decline: not_found for what is another's, or revoked. */
async function ownDevice(tx: Tx, { id }: Holder, deviceId: string): Promise<Outcome<Device>> {
  const device = await tx.devices.find(deviceId)
  return device && device.holderId === id && device.revokedAt === null ? ok(device) : no('not_found')
}

/**
 * Another token for the session, to who has a token of it and signs by the device's key. Declines: signature_invalid (also where `at` is too far from now), and
 * those of a session that is over.
 */
const rotateSession: RouteHandler<'rotateSession'> = async (ports, caller, { at, signature }) => {
  const { holderId, deviceId, publicKey, token } = caller
  const text = () => rotationText(ports.identity.serviceId, deviceId, at)
  const isSigned = await isTextSigned(ports.verifySignature, publicKey, text, signature)
  if (!isSigned || Math.abs(Date.parse(at) - ports.clock()) > toleranceMs) return no('signature_invalid')
  return ports.store.write(async tx => {
    const now = ports.clock()
    // The holder first, as everywhere: two exchanges at once follow each other.
    if (!(await tx.holders.find(holderId))) return no('not_signed_in')
    const found = await sessionOf(tx, token, ports, now)
    if (!found.ok) return found
    return ok({ token: await replaceToken(tx, ports, found.value, now) })
  })
}

/** Where a holder is signed in. */
export const deviceFeature: Feature = {
  routes: {
    rotateSession,
    devices: (ports, { holder, deviceId }) =>
      ports.store.read(async tx => {
        const all = await tx.devices.ofHolder(holder.id)
        const live = all.filter(device => isLive(device, ports, ports.clock()))
        return ok({ devices: live.map(device => ({ ...deviceWire(device), isThis: device.id === deviceId })) })
      }),
  },
  commands: {
    'device.rename': async (tx, holder, { body, deviceId, now }, ports) => {
      const name = parseDeviceName(body.name)
      if (!name.ok) return name
      const found = await ownDevice(tx, holder, body.deviceId)
      if (!found.ok) return found
      const device = { ...found.value, name: name.value }
      if (device.name !== found.value.name) {
        await tx.devices.rename(device.id, device.name)
        await recordSecurity(tx, ports, holder.id, { what: 'device_renamed', device, byDevice: deviceId }, now)
      }
      return ok({ device: deviceWire(device) })
    },
    'device.revoke': async (tx, holder, { id, body, deviceId, now }, ports) => {
      // Who leaves by themselves signs out.
      if (body.deviceId === deviceId) return no('not_allowed')
      const found = await ownDevice(tx, holder, body.deviceId)
      if (!found.ok) return found
      if ((await waysOfHolder(tx, holder.id)).length > 0) {
        const proved = await takeCommandProof(tx, holder.id, { kind: 'device', commandId: id, deviceId: body.deviceId }, now)
        if (!proved.ok) return proved
      }
      const device = found.value
      await endSession(tx, device.id, now)
      await recordSecurity(tx, ports, holder.id, { what: 'device_revoked', device, byDevice: deviceId }, now)
      const { name, timeZone } = holder
      await enqueueSecurityMail(tx, ports, holder, { kind: 'deviceRevoked', name, device: device.name, at: now, timeZone }, now)
      return ok({ device: deviceWire(device) })
    },
  },
}
