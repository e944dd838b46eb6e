import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import { endOf, rootHash, rootText } from '#core/root/day.ts'
import { leafOf, topBy } from '#core/root/tree.ts'
import { isSigned } from '#main/sync/serviceKeys.ts'
import { addKey, loadIdentity } from '#service/identity.ts'
import { keepRoots, makeRoots, type RootPorts, signedAnew } from '#service/root/makeRoots.ts'
import { inclusionOf, rootSecret } from '#service/root/rootTrees.ts'
import { digest } from '#storage/digest.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { newId } from './realService.ts'

const postgres = postgresOfThisFile()
const random = (bytes: number) => randomBytes(bytes)
const day = '2026-11-22'
const noon = Date.parse(`${day}T12:00:00.000Z`)
const hour = 3_600_000
const bank: AccountId = 'rail:bank:EUR'
const accountOf = (n: number): AccountId => `holder:person-${n}:EUR`

/** The same book as often as a test opens it: one opening of a file, any number of instances of PostgreSQL. */
const stores: Readonly<Record<string, (context: TestContext) => Promise<() => Promise<ServiceStore>>>> = {
  sqlite: async () => {
    const path = join(tmpdir(), `okpay-root-${newId()}.db`)
    onTestFinished(() => Promise.all(['', '-wal', '-shm'].map(tail => rm(path + tail, { force: true }))).then(() => undefined))
    return async () => openSqlite({ path, key: null })
  },
  postgres: async context => {
    const url = await (await postgres(context)).database()
    return () => openPostgres({ url })
  },
}

async function instance(openAgain: () => Promise<ServiceStore>, startAt = noon) {
  const store = await openAgain()
  let now = startAt
  const ports: RootPorts = { store, clock: () => now, ids: newId, random, identity: await loadIdentity(store, random) }
  return { store, ports, isAt: (at: number) => (now = at) }
}

/** Opens the accounts of so many people. */
const opens = (store: ServiceStore, people: number, from = 0): Promise<void> =>
  store.write(async tx => {
    await tx.ledger.post({ id: newId(), at: noon, type: 'open', account: bank })
    for (let n = from; n < from + people; n += 1) await tx.ledger.post({ id: newId(), at: noon, type: 'open', account: accountOf(n) })
  })
const gives = (store: ServiceStore, account: AccountId, at: number) =>
  store.write(async tx => {
    const legs = [
      { account, minor: 5n },
      { account: bank, minor: -5n },
    ]
    const answer = await tx.ledger.post({ id: newId(), at, type: 'post', kind: 'top_up', subject: newId(), effectiveAt: at, legs })
    expect(answer.ok).toBe(true)
  })

const proofOf = (store: ServiceStore, account: string) =>
  store.read(async tx => {
    const tree = await tx.roots.newest()
    const secret = (await rootSecret(tx)) ?? ''
    if (!tree) throw new Error('no root')
    const leaves = (from: number, until: number) => tx.roots.leaves(tree.root.day, tree.build, from, until)
    const found = await inclusionOf(secret, tree.root.day, tree.parts, leaves, account)
    return { tree, found, top: found && topBy(digest, account, leafOf(digest, found.salt, found), found.path) }
  })

for (const [name, open] of Object.entries(stores))
  describe(`daily roots of a book in ${name}`, () => {
    test('a root holds where every account stood when its day ended, whenever it is made, and each of them proves it', async context => {
      const { store, ports, isAt } = await instance(await open(context))
      await opens(store, 300)
      for (let n = 0; n < 20; n += 1) await gives(store, accountOf(n), noon + n)
      await gives(store, accountOf(3), endOf(day) - 1)
      await gives(store, accountOf(3), endOf(day))
      await gives(store, accountOf(4), endOf(day) + hour)
      isAt(endOf(day) + 30_000)
      expect(await makeRoots(ports)).toBe('2026-11-21')
      isAt(endOf(day) + 5 * hour)
      expect(await makeRoots(ports)).toBe(day)
      const versions = new Map([...Array.from({ length: 20 }, (_, n): [number, number] => [n, 1]), [3, 2], [4, 1]])
      for (let n = 0; n < 300; n += 1) {
        const { tree, found, top } = await proofOf(store, accountOf(n))
        expect(found?.version).toBe(versions.get(n) ?? 0)
        expect(top).toBe(tree.root.tree)
      }
      expect((await proofOf(store, bank)).found?.version).toBe(21)
      expect((await proofOf(store, accountOf(300))).found).toBeUndefined()
      const { tree } = await proofOf(store, bank)
      expect(tree.parts).toHaveLength(8)
      const { keys } = await store.read(ports.identity.signing)
      expect(isSigned(keys[0]?.publicKey ?? '', rootText(ports.identity.serviceId, tree.root), tree.root.signature)).toBe(true)
      await store.close()
    }, 60_000)

    test('days that were missed are made good in their order, each linked to the one before; what is older than a year stays a gap', async context => {
      const { store, ports, isAt } = await instance(await open(context))
      await opens(store, 3)
      isAt(endOf(day) + hour)
      await makeRoots(ports)
      await gives(store, accountOf(1), endOf(day) + 25 * hour)
      isAt(endOf(day) + 3 * 24 * hour + hour)
      await makeRoots(ports)
      await makeRoots(ports)
      const roots = await store.read(tx => tx.roots.from('2026-01-01', 100))
      expect(roots.map(root => root.day)).toEqual(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'])
      for (const [index, root] of roots.entries())
        expect(root.before).toBe(index === 0 ? null : rootHash(digest, ports.identity.serviceId, roots[index - 1] ?? root))
      expect((await store.read(tx => tx.roots.from('2026-11-24', 1))).map(root => root.day)).toEqual(['2026-11-24'])
      // Only the newest tree keeps its leaves.
      const { tree } = await proofOf(store, bank)
      const left = await store.write(tx => tx.roots.forgetLeaves({ day: '2100-01-01', build: '' }, 1_000))
      expect([tree.root.day, left]).toEqual(['2026-11-25', 4])
      isAt(endOf('2029-01-01') + hour)
      await makeRoots(ports)
      const later = await store.read(tx => tx.roots.from('2026-11-26', 1_000))
      expect([later.length, later[0]?.before, later.at(-1)?.day]).toEqual([
        366,
        rootHash(digest, ports.identity.serviceId, roots[3] ?? roots[0] ?? tree.root),
        '2029-01-01',
      ])
      await store.close()
    }, 120_000)

    test('an empty book has a root; a day has one, and a root follows another once', async context => {
      const { store, ports, isAt } = await instance(await open(context))
      isAt(endOf(day) + hour)
      await makeRoots(ports)
      const tree = await store.read(tx => tx.roots.newest())
      if (!tree) throw new Error('no root')
      const add = (change: Partial<typeof tree.root>) => store.write(tx => tx.roots.add({ ...tree, root: { ...tree.root, ...change } }))
      expect(await add({ tree: digest('another') })).toBe(false)
      expect(await add({ day: '2026-11-23', before: tree.root.tree })).toBe(true)
      await expect(add({ day: '2026-11-24', before: tree.root.tree })).rejects.toThrow()
      expect(await store.read(tx => tx.roots.newestDay())).toBe('2026-11-23')
      await store.close()
    })

    test('a new key signs the newest root anew, and its hash stays', async context => {
      const { store, ports, isAt } = await instance(await open(context))
      isAt(endOf(day) + hour)
      await makeRoots(ports)
      const { serviceId } = ports.identity
      const before = await store.read(tx => tx.roots.newest())
      await store.write(async tx => {
        const signing = await addKey(tx, ports, endOf(day) + hour)
        const newest = await tx.roots.newest()
        if (newest) await tx.roots.signAnew(signedAnew(newest.root, serviceId, signing))
      })
      const after = await store.read(tx => tx.roots.newest())
      const { keys, keyId } = await store.read(ports.identity.signing)
      if (!after || !before) throw new Error('no root')
      expect(after.root.keyId).toBe(keyId)
      expect(isSigned(keys[1]?.publicKey ?? '', rootText(serviceId, after.root), after.root.signature)).toBe(true)
      expect(rootHash(digest, serviceId, after.root)).toBe(rootHash(digest, serviceId, before.root))
      await store.close()
    })
  })

test('several instances make each day one root, whose leaves are all there', async context => {
  const openAgain = await stores['postgres']?.(context)
  if (!openAgain) throw new Error('no store')
  const all = await Promise.all([instance(openAgain), instance(openAgain), instance(openAgain)])
  const [first] = all
  if (!first) throw new Error('no instance')
  await opens(first.store, 40)
  for (let midnight = 0; midnight < 4; midnight += 1) {
    for (const one of all) one.isAt(endOf(day) + midnight * 24 * hour + hour)
    await Promise.all(all.map(({ ports }) => makeRoots(ports)))
    for (let n = 0; n < 40; n += 7) {
      const { tree, found, top } = await proofOf(first.store, accountOf(n))
      expect([found?.account, top]).toEqual([accountOf(n), tree.root.tree])
    }
  }
  const roots = await first.store.read(tx => tx.roots.from(day, 100))
  expect(roots.map(root => root.day)).toEqual(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'])
  expect(roots.slice(1).map(root => root.before)).toEqual(
    roots.slice(0, -1).map(root => rootHash(digest, first.ports.identity.serviceId, root)),
  )
  await Promise.all(all.map(({ store }) => store.close()))
}, 60_000)

test('the service makes it by itself, soon after midnight and not before', async context => {
  const open = await stores['sqlite']?.(context)
  if (!open) throw new Error('no store')
  const { store, ports, isAt } = await instance(open)
  const due: (() => void)[] = []
  const log: string[] = []
  const work = keepRoots({
    ...ports,
    after: (_ms, run) => {
      due.push(run)
      return () => undefined
    },
    log: { info: () => undefined, error: ({ cause }) => log.push(cause ?? '') },
  })
  const aHalfMinutePasses = async () => {
    due.splice(0).map(run => run())
    while (due.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  }
  const newest = () => store.read(tx => tx.roots.newestDay())
  isAt(endOf(day) - 1)
  await aHalfMinutePasses()
  expect(await newest()).toBe('2026-11-21')
  isAt(endOf(day) + 59_999)
  await aHalfMinutePasses()
  expect(await newest()).toBe('2026-11-21')
  isAt(endOf(day) + 60_000)
  await aHalfMinutePasses()
  await aHalfMinutePasses()
  expect(await newest()).toBe(day)
  expect(log).toEqual([])
  await work.stop()
  await store.close()
})
