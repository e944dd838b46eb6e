import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto'

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export type DeviceKey = {
  /** 32 bytes, base64url. */
  readonly publicKey: string
  /** Ed25519 (RFC 8032) over the UTF-8 of `text`, base64url. */
  sign(text: string): string
}

/** In a JWK of Ed25519 `x` is the public key (RFC 8037). */
function publicKeyOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('an Ed25519 key has an x')
  return x
}

/** What this computer is called at a service: the same for every account that is used here, of no meaning at another service. */
export const installationAt = (seed: Uint8Array, serviceId: string): string =>
  Buffer.from(hkdfSync('sha256', seed, Buffer.from(serviceId, 'utf8'), 'okpay installation v1', 32)).toString('base64url')

/**
 * The signing key of this device for one session. Every sign-in has its own (`keyId`), derived from the one seed that the vault keeps:
 * a key that was revoked by signing out never comes back.
 */
export function deviceKey(seed: Uint8Array, keyId: string): DeviceKey {
  const secret = Buffer.from(hkdfSync('sha256', seed, Buffer.from(keyId, 'utf8'), 'okpay device key v1', 32))
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' })
  secret.fill(0)
  return { publicKey: publicKeyOf(key), sign: text => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url') }
}
