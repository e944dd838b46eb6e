import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { ServiceKey } from '#contracts/service/account.ts'
import { keyText } from '#contracts/service/signing.ts'
import { codeFromBytes, serviceIdLength } from '#contracts/wire/links.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import type { Identity, ServicePorts, SigningKeys } from './ports.ts'
import { iso } from './wires.ts'

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
export const keyIdOf = (publicKey: string): string =>
  codeFromBytes(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest(), serviceIdLength)

/** Fault database_damaged where the seed is not that of the newest key: whoever signed with it would be refused by every wallet. */
function signingKeys(seed: Uint8Array, keys: readonly ServiceKey[]): SigningKeys {
  const publicKey = publicKeyOf(seed)
  if (keys.at(-1)?.publicKey !== publicKey)
    throw new Fault('database_damaged', { cause: new Error('the signing key is not the newest one') })
  const key = privateKeyOf(seed)
  return { keyId: keyIdOf(publicKey), keys, sign: text => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url') }
}

const firstKey = (seed: Uint8Array): readonly ServiceKey[] => [{ publicKey: publicKeyOf(seed), endorsement: null }]

/** The public keys so far, the newest last, by the settings of a book. */
export async function keysIn(setting: (name: string) => Promise<string | undefined>): Promise<readonly ServiceKey[]> {
  const list = await setting(keysSetting)
  if (list !== undefined) return JSON.parse(list)
  const seed = await setting(seedSetting)
  return seed === undefined ? [] : firstKey(Buffer.from(seed, 'base64url'))
}

/** The keys as they stand in the book, which is where every instance reads them. Parsed once for each key that comes. */
function keysReader(): (tx: Tx) => Promise<SigningKeys | undefined> {
  let known: { readonly kept: string; readonly keys: SigningKeys } | undefined
  return async tx => {
    const seed = await tx.settings.find(seedSetting)
    const list = await tx.settings.find(keysSetting)
    if (seed === undefined && list === undefined) return undefined
    if (seed === undefined) throw new Fault('database_damaged', { cause: new Error('the signing key is lost') })
    const kept = `${seed} ${list}`
    if (known?.kept === kept) return known.keys
    const bytes = Buffer.from(seed, 'base64url')
    const keys = signingKeys(bytes, list === undefined ? firstKey(bytes) : JSON.parse(list))
    known = { kept, keys }
    return keys
  }
}

/** The service's own keys: the first is made at the first start and kept in the encrypted book. Fault database_damaged where the key that signs is lost. */
export async function loadIdentity(store: ServiceStore, random: ServicePorts['random']): Promise<Identity> {
  const read = keysReader()
  const { keys } = await store.write(async tx => {
    const kept = await read(tx)
    if (kept) return kept
    const seed = random(32)
    await tx.settings.save(seedSetting, Buffer.from(seed).toString('base64url'))
    return signingKeys(seed, firstKey(seed))
  })
  return {
    serviceId: keyIdOf(keys[0]?.publicKey ?? ''),
    async signing(tx) {
      const kept = await read(tx)
      if (!kept) throw new Fault('database_damaged', { cause: new Error('the signing key is lost') })
      return kept
    },
  }
}

/** Makes a key that follows the one that signs, endorsed by it; from the commit on it is the one that signs, at every instance. */
export async function addKey(tx: Tx, { identity, random }: Pick<ServicePorts, 'identity' | 'random'>, now: Instant): Promise<SigningKeys> {
  const before = await identity.signing(tx)
  const seed = random(32)
  const publicKey = publicKeyOf(seed)
  const at = iso(now)
  const endorsement = { at, signature: before.sign(keyText(identity.serviceId, before.keyId, publicKey, at)) }
  const keys = [...before.keys, { publicKey, endorsement }]
  await tx.settings.save(seedSetting, Buffer.from(seed).toString('base64url'))
  await tx.settings.save(keysSetting, JSON.stringify(keys))
  return signingKeys(seed, keys)
}
