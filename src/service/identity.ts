import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { codeFromBytes, serviceIdLength } from '#contracts/wire/links.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import type { Identity, ServicePorts } from './ports.ts'

const setting = 'service_key'
/** PKCS #8 of an Ed25519 key is this and the 32 bytes of the seed (RFC 8410, 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })

function publicKeyOf(seed: Uint8Array): string {
  const { x } = createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has no x')
  return x
}

/** The id that links and signatures name: twelve Crockford base-32 characters of the SHA-256 of the public key. */
const serviceIdOf = (publicKey: string): string =>
  codeFromBytes(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest(), serviceIdLength)

/** The service's own key: made at the first start and kept in the encrypted book. */
export function loadIdentity(store: ServiceStore, random: ServicePorts['random']): Promise<Identity> {
  return store.write(async tx => {
    const kept = await tx.settings.find(setting)
    const seed = kept === undefined ? random(32) : Buffer.from(kept, 'base64url')
    if (kept === undefined) await tx.settings.save(setting, Buffer.from(seed).toString('base64url'))
    const publicKey = publicKeyOf(seed)
    return { serviceId: serviceIdOf(publicKey), publicKey }
  })
}
