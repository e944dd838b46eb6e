import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { ServiceKey } from '#contracts/service/account.ts'
import { codeFromBytes, serviceIdLength } from '#contracts/wire/links.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import type { Identity, ServicePorts } from './ports.ts'

/** The seed of the key that signs, and all public keys so far; a seed that was followed by another is not kept. */
const seedSetting = 'service_key'
const keysSetting = 'service_keys'
/** PKCS #8 of an Ed25519 key is this and the 32 bytes of the seed (RFC 8410, 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })

function publicKeyOf(seed: Uint8Array): string {
  const { x } = createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key has no x')
  return x
}

/** The id of a key: twelve Crockford base-32 characters of the SHA-256 of its 32 bytes. A service is named by the id of its first key. */
const keyIdOf = (publicKey: string): string =>
  codeFromBytes(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest(), serviceIdLength)

function identityOf(seed: Uint8Array, keys: readonly ServiceKey[]): Identity {
  const publicKey = publicKeyOf(seed)
  const key = privateKeyOf(seed)
  return {
    serviceId: keyIdOf(keys[0]?.publicKey ?? publicKey),
    keyId: keyIdOf(publicKey),
    keys,
    sign: text => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
  }
}

async function keptIdentity(tx: Tx): Promise<Identity | undefined> {
  const kept = await tx.settings.find(seedSetting)
  if (kept === undefined) return undefined
  const seed = Buffer.from(kept, 'base64url')
  const keys = await tx.settings.find(keysSetting)
  return identityOf(seed, keys === undefined ? [{ publicKey: publicKeyOf(seed), endorsement: null }] : JSON.parse(keys))
}

/** The service's own key: made at the first start and kept in the encrypted book. */
export function loadIdentity(store: ServiceStore, random: ServicePorts['random']): Promise<Identity> {
  return store.write(async tx => {
    const kept = await keptIdentity(tx)
    if (kept) return kept
    const seed = random(32)
    await tx.settings.save(seedSetting, Buffer.from(seed).toString('base64url'))
    return identityOf(seed, [{ publicKey: publicKeyOf(seed), endorsement: null }])
  })
}
