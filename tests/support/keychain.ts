import { Fault } from '#core/failure/faults.ts'
import type { Keychain } from '#main/ports.ts'

/** A keychain in memory that can lose an item or stop answering, as real ones do. */
export type TestKeychain = Keychain & { readonly items: Map<string, Uint8Array>; answers: boolean }

export function testKeychain(kind: Keychain['kind'] = 'secret_service'): TestKeychain {
  const items = new Map<string, Uint8Array>()
  const keychain: TestKeychain = {
    kind,
    items,
    answers: kind !== 'none',
    async load(name) {
      reach()
      const item = items.get(name)
      return item && Uint8Array.from(item)
    },
    async save(name, secret) {
      reach()
      items.set(name, Uint8Array.from(secret))
    },
    async forget(name) {
      reach()
      items.delete(name)
    },
  }
  function reach(): void {
    if (!keychain.answers) throw new Fault('keychain_unavailable')
  }
  return keychain
}
