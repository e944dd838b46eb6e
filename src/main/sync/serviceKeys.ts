import { createHash, createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import type { ServiceKey } from '#contracts/service/account.ts'
import { keyText } from '#contracts/service/signing.ts'
import { codeFromBytes, serviceIdLength } from '#contracts/wire/links.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { WalletStore } from '#core/wallet/store.ts'

/** Twelve Crockford base-32 characters of the SHA-256 of the 32 bytes; the service is named by the id of its first key. */
const keyIdOf = (publicKey: string): string =>
  codeFromBytes(createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest(), serviceIdLength)

/** Ed25519 over the UTF-8 of the text. False too where key or signature are not of its form. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

/** The keys that follow the pinned ones, each endorsed by the one before. Undefined where what is told does not begin with what is pinned. */
function follow(serviceId: string, pinned: readonly string[], told: readonly ServiceKey[]): readonly string[] | undefined {
  const keys = told.map(({ publicKey }) => publicKey)
  if (pinned.some((key, at) => keys[at] !== key) || keyIdOf(keys[0] ?? '') !== serviceId) return undefined
  const isEndorsed = told.every(({ publicKey, endorsement }, at) => {
    const before = keys[at - 1]
    if (before === undefined || at < pinned.length) return true
    return endorsement !== null && isSigned(before, keyText(serviceId, keyIdOf(before), publicKey, endorsement.at), endorsement.signature)
  })
  return isEndorsed ? keys : undefined
}

export type ServiceKeys = {
  /** The public key of this id. Throws `ProviderMismatch` key_unknown where it is not the newest that is pinned or follows from it by endorsement. */
  find(keyId: string): Promise<string>
  pinned(): Promise<readonly string[]>
}

const setting = 'provider.keys'
const ring = z.array(z.string())

type KeyParts = {
  readonly store: Pick<WalletStore, 'setting' | 'keepSetting'>
  /** The id that was pinned when the account was signed in: that of the service's first key. */
  readonly serviceId: string
  /** What the service tells of its keys, asked anew. Faults as `ServiceClient.call`. */
  readonly ask: () => Promise<readonly ServiceKey[]>
}

/**
 * The keys that the account's service signs with. The first is pinned by the service's id, which the session names since it began; one that follows is
 * accepted only with the endorsement of the key before it, and an older one never again.
 */
export function createServiceKeys({ store, serviceId, ask }: KeyParts): ServiceKeys {
  async function pinned(): Promise<readonly string[]> {
    const kept = await store.setting(setting)
    return kept === undefined ? [] : ring.parse(JSON.parse(kept))
  }
  return {
    pinned,
    async find(keyId) {
      const known = await pinned()
      const newest = known.at(-1)
      if (newest !== undefined && keyIdOf(newest) === keyId) return newest
      const keys = follow(serviceId, known, await ask())
      const found = keys?.at(-1)
      if (keys === undefined || found === undefined || keyIdOf(found) !== keyId)
        throw new ProviderMismatch('key_unknown', { there: keyId, here: newest === undefined ? serviceId : keyIdOf(newest) })
      await store.keepSetting(setting, JSON.stringify(keys))
      return found
    },
  }
}
