import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { onCommit } from '#storage/commits.ts'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import { ana, laptop, order } from '../../conformance/serviceRows.ts'
import { newId } from '../../service/realService.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const rail: AccountId = 'rail:sandbox_bank:EUR'
const shop: AccountId = 'merchant:lumen:EUR'
const accountOf = (holder: string): AccountId => `holder:${holder}:EUR`
const people = Array.from({ length: 24 }, (_, n) => `person-${String(n).padStart(2, '0')}`)

async function openBook(context: TestContext, instances = 1) {
  const server = await postgres(context)
  const url = await server.database()
  const stores = await Promise.all(Array.from({ length: instances }, () => openServiceStore({ url })))
  const [store] = stores
  if (!store) throw new Error('no store')
  onTestFinished(async () => {
    await Promise.all(stores.map(one => one.close().catch(() => undefined)))
  })
  await store.write(async tx => {
    for (const account of [rail, shop]) await tx.ledger.post({ id: newId(), at: 1, type: 'open', account })
    for (const id of people) {
      await tx.holders.add({ ...ana, id, emailKey: id })
      await tx.devices.add({ ...laptop, id: `${id}-device`, holderId: id })
      await tx.ledger.post({ id: newId(), at: 1, type: 'open', account: accountOf(id) })
      await tx.ledger.post({ ...moves(newId(), rail, accountOf(id), 100n) })
    }
  })
  const writes: number[] = []
  onTestFinished(onCommit(commit => writes.push(commit.writes)))
  return { server, store, stores, writes }
}

const moves = (id: string, from: AccountId, to: AccountId, minor: bigint) => ({
  ...({ id, at: 10, type: 'post', kind: 'payment', subject: id, effectiveAt: 10 } as const),
  legs: [
    { account: from, minor: -minor },
    { account: to, minor },
  ],
})

/** A command as the service keeps it: at most once by its id, with an event in the feed. */
const pays = (by: string, id: string, minor: bigint) => async (tx: Tx) => {
  await tx.holders.find(by)
  const kept = await tx.commands.find(id)
  if (kept) return kept.holderId === by ? kept.answer : 'id_reused'
  const outcome = await tx.ledger.post(moves(`posting of ${id}`, accountOf(by), shop, minor))
  const answer = outcome.ok ? 'paid' : outcome.decline.code
  await tx.feed.append(by, JSON.stringify(answer), 10)
  await tx.commands.keep({
    ...{ id, holderId: by, deviceId: `${by}-device`, type: 'pay', content: '{}', madeAt: 'now', signature: 's', receivedAt: 10, answer },
  })
  return answer
}
const left = (store: ServiceStore, by: string) => store.read(async tx => (await tx.ledger.account(accountOf(by)))?.posted)

test('works that come at once share transactions, and each keeps its own answer: one declined, one that throws, one id twice, two of one person', async context => {
  const { store, writes } = await openBook(context)
  const doubled = newId()
  const [poor = '', broken = '', thief = '', busy = '', owner = '', ...plain] = people
  const wishes = [
    ...plain.map(by => ({ by, answer: store.write(pays(by, newId(), 30n), by), told: 'paid' })),
    { by: poor, answer: store.write(pays(poor, newId(), 101n), poor), told: 'insufficient_funds' },
    { by: owner, answer: store.write(pays(owner, doubled, 30n), owner), told: 'paid' },
    { by: owner, answer: store.write(pays(owner, doubled, 30n), owner), told: 'paid' },
    { by: thief, answer: store.write(pays(thief, doubled, 30n), thief), told: 'id_reused' },
    { by: busy, answer: store.write(pays(busy, newId(), 60n), busy), told: 'paid' },
    { by: busy, answer: store.write(pays(busy, newId(), 60n), busy), told: 'insufficient_funds' },
  ]
  const thrown = store.write(async tx => {
    await pays(broken, newId(), 30n)(tx)
    throw new TypeError('a bug in one of them')
  }, broken)
  await expect(thrown).rejects.toThrow('a bug in one of them')
  expect(await Promise.all(wishes.map(async ({ answer }) => answer))).toEqual(wishes.map(({ told }) => told))
  for (const by of [...plain, owner]) expect(await left(store, by)).toBe(70n)
  expect(await left(store, busy)).toBe(40n)
  for (const by of [poor, broken, thief]) expect(await left(store, by)).toBe(100n)
  const feeds = await store.read(tx => Promise.all([owner, busy, broken].map(by => tx.feed.page(by, 0, 10))))
  expect(feeds.map(rows => rows.map(({ n }) => n))).toEqual([[1], [1, 2], []])
  expect(Math.max(...writes)).toBeGreaterThan(10)
})

test('of works in one transaction that want the same row, each sees what the one before it left', async context => {
  const { store } = await openBook(context)
  await store.write(tx => tx.orders.add(order))
  const confirm = (by: string) =>
    store.write(async tx => {
      await tx.holders.find(by)
      const found = await tx.orders.findByCode(order.code)
      if (found?.state !== 'open') return found?.paymentId
      await tx.orders.change({ ...found, state: 'paid', paymentId: by })
      return by
    }, by)
  const said = await Promise.all(people.map(confirm))
  expect(new Set(said).size).toBe(1)
  expect((await store.read(tx => tx.orders.findByCode(order.code)))?.paymentId).toBe(said[0])
})

test('works that wait for each other inside of a transaction are done one by one', async context => {
  const { store } = await openBook(context)
  const codes = ['ABCD2345', 'ABCD2346']
  await store.write(async tx => {
    for (const code of codes) await tx.orders.add({ ...order, id: code, code })
  })
  const steps = people.map((by, n) =>
    store.write(async tx => {
      for (const code of n % 2 === 0 ? codes : [...codes].reverse()) {
        const found = await tx.orders.findByCode(code)
        if (found) await tx.orders.change({ ...found, timeline: [...found.timeline, { state: 'open', at: n }] })
      }
    }, by),
  )
  await Promise.all(steps)
  const found = await store.read(tx => Promise.all(codes.map(code => tx.orders.findByCode(code))))
  expect(found.map(one => one?.timeline.length)).toEqual([1 + people.length, 1 + people.length])
})

test('two instances that pay one shop in batches at once leave one chain of it, without a gap', async context => {
  const { stores, store, writes } = await openBook(context, 2)
  const rounds = 4
  const answers = await Promise.all(
    Array.from({ length: rounds }, (_, round) =>
      people.map((by, n) => (stores[(n + round) % 2] ?? store).write(pays(by, newId(), 10n), by)),
    ).flat(),
  )
  expect(answers).toEqual(answers.map(() => 'paid'))
  const state = await store.read(tx => tx.ledger.account(shop))
  expect(state).toMatchObject({ posted: 10n * BigInt(rounds * people.length), version: rounds * people.length })
  for (const by of people) expect(await left(store, by)).toBe(60n)
  expect(Math.max(...writes)).toBeGreaterThan(4)
})

test('a server that is lost in the middle of batches fails each of them, and their ids tell the rest', async context => {
  const { server, store } = await openBook(context)
  const ids = people.map(() => newId())
  const wish = (n: number) => {
    const by = people[n] ?? ''
    return store.write(pays(by, ids[n] ?? '', 30n), by)
  }
  const first = people.map((_, n) => wish(n).catch((error: unknown) => (error instanceof Fault ? error.code : String(error))))
  await pause(5)
  await server.crash()
  const told = await Promise.all(first)
  for (const answer of told) expect(['paid', 'service_offline', 'service_timeout', 'service_busy']).toContain(answer)
  await server.start()
  for (const [n, by] of people.entries()) {
    await expect.poll(() => wish(n).catch(() => 'again'), { timeout: 20_000 }).toBe('paid')
    expect(await left(store, by)).toBe(70n)
  }
}, 60_000)
