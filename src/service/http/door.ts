import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type Decline, no, type Outcome, ok } from '#core/failure/outcome.ts'
import { isLoopback, type ServiceConfig } from '../config.ts'
import type { DeviceCaller, HolderCaller, ServicePorts, Signer } from '../ports.ts'
import { goodSessionOf, noteUse, sessionOf } from '../sessions.ts'

const bearerPattern = /^Bearer ([A-Za-z0-9._~+/=-]{20,200})$/

export const bearerOf = ({ authorization }: IncomingHttpHeaders): string | undefined => bearerPattern.exec(authorization ?? '')?.[1]

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whose token it is, as the audit log names them: each is compared in constant time. Declines: not_signed_in. */
export function operatorOf(headers: IncomingHttpHeaders, { operatorToken, operators }: ServiceConfig): Outcome<string> {
  const given = digest(bearerOf(headers) ?? '')
  const known = [{ by: 'operator', token: operatorToken }, ...operators.map(({ name, token }) => ({ by: `operator:${name}`, token }))]
  const found = known.filter(({ token }) => token !== '' && timingSafeEqual(given, digest(token)))
  return found[0] ? ok(found[0].by) : no('not_signed_in')
}

type Asking = { readonly headers: IncomingHttpHeaders; readonly address: string }

/** The holder and device behind a session's token; that the device was heard is noted. Declines: not_signed_in, device_revoked, session_expired, session_stale. */
export async function holderOf({ headers, address }: Asking, ports: ServicePorts): Promise<Outcome<Omit<HolderCaller, 'address'>>> {
  const token = bearerOf(headers)
  if (token === undefined) return no('not_signed_in')
  const now = ports.clock()
  const found = await ports.store.read(async tx => {
    const session = await goodSessionOf(tx, token, ports, now)
    if (!session.ok) return session
    const holder = await tx.holders.find(session.value.device.holderId)
    return holder ? ok({ holder, device: session.value.device }) : no('not_signed_in')
  })
  if (!found.ok) return found
  const { holder, device } = found.value
  await noteUse(ports, device, address, now)
  return ok({ holder, deviceId: device.id })
}

/**
 * The device behind a session's token, whose signature is to be proved. Declines: not_signed_in, device_revoked, session_expired, session_stale.
 */
export async function signerOf({ headers, address }: Asking, { signers }: Pick<ServicePorts, 'signers'>): Promise<Outcome<Signer>> {
  const token = bearerOf(headers)
  return token === undefined ? no('not_signed_in') : signers.find(token, address)
}

/** As `signerOf`, also by a token that can only be exchanged any more. Declines: not_signed_in, device_revoked, session_expired. */
export async function deviceOf({ headers }: Asking, ports: ServicePorts): Promise<Outcome<Omit<DeviceCaller, 'address'>>> {
  const token = bearerOf(headers)
  if (token === undefined) return no('not_signed_in')
  return ports.store.read(async tx => {
    const found = await sessionOf(tx, token, ports, ports.clock())
    if (!found.ok) return found
    const { id, holderId, publicKey } = found.value.device
    return ok({ holderId, deviceId: id, publicKey, token })
  })
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '')

/**
 * What a browser tells about where a page came from. A service on the loopback answers to its own names alone, so that no foreign page reaches it by
 * a name that it points here (DNS rebinding); a page of another origin is refused everywhere.
 */
export function foreignPage({ host, origin }: IncomingHttpHeaders, config: ServiceConfig): Decline | undefined {
  const named = hostOf(`http://${host ?? ''}`)
  const name = named.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  const isOwnName = !isLoopback(config.host) || isLoopback(name) || (config.publicUrl !== null && hostOf(config.publicUrl) === named)
  const isOwnOrigin = origin === undefined || (named !== '' && hostOf(origin) === named)
  return isOwnName && isOwnOrigin ? undefined : { code: 'not_allowed', detail: {} }
}

/** Whether a call comes from this computer. */
export const isLocalAddress = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
