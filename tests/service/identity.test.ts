import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest'
import { keyText } from '#contracts/service/signing.ts'
import { isSigned } from '#main/sync/serviceKeys.ts'
import { addKey, keyIdOf, loadIdentity } from '#service/identity.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { newId } from './realService.ts'

const postgres = postgresOfThisFile()
type Open = (context: TestContext) => Promise<() => Promise<ServiceStore>>

/** How another instance opens the same book; a file has one. */
const stores: Readonly<Record<string, Open>> = {
  sqlite: async () => {
    const path = join(tmpdir(), `okpay-identity-${newId()}.db`)
    onTestFinished(() => Promise.all(['', '-wal', '-shm'].map(tail => rm(path + tail, { force: true }))).then(() => undefined))
    return async () => openSqlite({ path, key: null })
  },
  postgres: async context => {
    const url = await (await postgres(context)).database()
    return () => openPostgres({ url })
  },
}

const random = (bytes: number) => randomBytes(bytes)
const at = Date.parse('2026-11-22T04:00:00.000Z')

for (const [name, open] of Object.entries(stores))
  describe(`the keys of a service in ${name}`, () => {
    test('a new key is endorsed by the one before, stands after a restart, and the seed of the old one is gone', async context => {
      const openAgain = await open(context)
      const store = await openAgain()
      const identity = await loadIdentity(store, random)
      const first = await store.read(identity.signing)
      const seed = await store.read(tx => tx.settings.find('service_key'))
      const second = await store.write(tx => addKey(tx, { identity, random }, at))
      const third = await store.write(tx => addKey(tx, { identity, random }, at + 1))
      expect(identity.serviceId).toBe(first.keyId)
      expect(third.keys.map(({ publicKey }) => keyIdOf(publicKey))).toEqual([first.keyId, second.keyId, third.keyId])
      for (const [index, { publicKey, endorsement }] of third.keys.entries()) {
        const before = third.keys[index - 1]?.publicKey
        if (before === undefined) expect(endorsement).toBeNull()
        else {
          const text = keyText(identity.serviceId, keyIdOf(before), publicKey, endorsement?.at ?? '')
          expect(isSigned(before, text, endorsement?.signature ?? '')).toBe(true)
        }
      }
      expect(await store.read(tx => tx.settings.find('service_key'))).not.toBe(seed)
      await store.close()
      const after = await openAgain()
      const again = await loadIdentity(after, random)
      expect(again.serviceId).toBe(first.keyId)
      expect(isSigned(third.keys[2]?.publicKey ?? '', 'x', (await after.read(again.signing)).sign('x'))).toBe(true)
      await after.close()
    })

    test('a service whose signing key is lost, or is not the newest, does not start: no wallet would follow it', async context => {
      const openAgain = await open(context)
      const store = await openAgain()
      const identity = await loadIdentity(store, random)
      const old = (await store.read(tx => tx.settings.find('service_key'))) ?? ''
      await store.write(tx => addKey(tx, { identity, random }, at))
      await store.write(tx => tx.settings.save('service_key', old))
      await expect(loadIdentity(store, random)).rejects.toMatchObject({ code: 'database_damaged' })
      await expect(store.read(identity.signing)).rejects.toMatchObject({ code: 'database_damaged' })
      await store.close()
    })
  })

test('two instances change together: from the commit on both sign with the new key, and many who make one at once make a line', async context => {
  const openAgain = await stores['postgres']?.(context)
  if (!openAgain) throw new Error('no store')
  const [one, two] = await Promise.all([openAgain(), openAgain()])
  const [here, there] = await Promise.all([loadIdentity(one, random), loadIdentity(two, random)])
  expect(there.serviceId).toBe(here.serviceId)
  const made = await one.write(tx => addKey(tx, { identity: here, random }, at))
  expect((await two.read(there.signing)).keyId).toBe(made.keyId)
  await Promise.all([one, two, one, two].map((store, n) => store.write(tx => addKey(tx, { identity: n % 2 ? there : here, random }, at))))
  const keys = await one.read(here.signing)
  expect(keys.keys).toHaveLength(6)
  expect((await two.read(there.signing)).keyId).toBe(keys.keyId)
  await Promise.all([one.close(), two.close()])
})
