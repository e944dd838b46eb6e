import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import type { RekeyStep } from '#core/wallet/store.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { walletInFolder, walletKey } from './walletSupport.ts'

const nextKey = new Uint8Array(32).fill(0xa7)

let wallet: Awaited<ReturnType<typeof walletInFolder>>
beforeEach(async () => {
  wallet = await walletInFolder()
})
afterEach(async () => {
  await wallet.store.close()
  wallet.remove()
})

const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    error => (error instanceof Fault ? error.code : String(error)),
  )
const opened = (key: Uint8Array) => openWalletStore({ path: wallet.path, key, mustExist: true })
const steps = () => {
  const told: RekeyStep[] = []
  return { told, tell: (step: RekeyStep) => void told.push(step) }
}

test('the wallet goes on under the new key, which alone opens its file', async () => {
  const { store } = wallet
  await store.keepSetting('before', 'kept')
  const { told, tell } = steps()
  await store.rekey(nextKey, tell)
  expect(told).toEqual(['copying', 'encrypting', 'checking', 'placing'])
  await store.keepSetting('after', 'kept too')
  expect(await Promise.all([store.setting('before'), store.setting('after')])).toEqual(['kept', 'kept too'])
  await store.close()
  expect(await faultOf(opened(walletKey))).toBe('database_key_wrong')
  const again = await opened(nextKey)
  expect(await Promise.all([again.setting('before'), again.setting('after')])).toEqual(['kept', 'kept too'])
  await again.close()
})

test('what is written while it works is written after it, and lost to nobody', async () => {
  const { store, path } = wallet
  const backUp = store.backUp(`${path}.copy`)
  const rekey = store.rekey(nextKey, () => undefined)
  const writes = Array.from({ length: 50 }, (_, n) => store.keepSetting(`n${n}`, String(n)))
  await Promise.all([backUp, rekey, ...writes])
  const kept = await Promise.all(writes.map((_, n) => store.setting(`n${n}`)))
  expect(kept).toEqual(writes.map((_, n) => String(n)))
})

test('leaves no page under the old key beside the new file', async () => {
  const { store, folder } = wallet
  await store.keepSetting('a', 'b')
  await store.rekey(nextKey, () => undefined)
  await store.close()
  expect(readdirSync(folder)).toEqual(['wallet.db'])
})

test('where it fails the old key is still the one, and the wallet goes on', async () => {
  const { store, path } = wallet
  await store.keepSetting('before', 'kept')
  // A folder of that name cannot be written over.
  mkdirSync(`${path}.rekeyed`)
  expect(await faultOf(store.rekey(nextKey, () => undefined))).not.toBe('none')
  await store.keepSetting('after', 'kept')
  rmdirSync(`${path}.rekeyed`)
  await store.close()
  const again = await opened(walletKey)
  expect(await again.setting('after')).toBe('kept')
  await again.close()
})

test('what a crash left of a copy is removed at the next opening', async () => {
  await wallet.store.close()
  writeFileSync(`${wallet.path}.rekeyed`, 'half of a copy')
  await (await opened(walletKey)).close()
  expect(existsSync(`${wallet.path}.rekeyed`)).toBe(false)
})

test('can be done again and again', async () => {
  const { store } = wallet
  for (const byte of [1, 2, 3]) await store.rekey(new Uint8Array(32).fill(byte), () => undefined)
  await store.close()
  await (await opened(new Uint8Array(32).fill(3))).close()
})
