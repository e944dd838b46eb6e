import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { SnapshotPage } from '#contracts/service/feed.ts'
import { watching } from '#core/risk/ruleSets/watching.ts'
import { compactFeeds } from '#service/feed/compaction.ts'
import { makeRoots } from '#service/root/makeRoots.ts'
import { newId, type Person, scenario, soon, type World } from './world.ts'

const dayMs = 86_400_000

/** As if so many days had passed for the feeds alone, but for the newest rows of each. */
const compacts = ({ service: { ports } }: Pick<World, 'service'>, feedKeptRows = 3): Promise<void> =>
  compactFeeds({ ...ports, clock: () => ports.clock() + 2 * dayMs, config: { ...ports.config, feedKeptDays: 1, feedKeptRows } })

/** Three payments and a refusal, with a note on one and a contact. */
async function lives({ alice, shop, service: { ports } }: Pick<World, 'alice' | 'shop' | 'service'>): Promise<void> {
  // So many payments within minutes, and a new device: unusual, and not what these stories are about.
  await ports.store.write(tx => tx.riskCases.use('active', watching.version))
  await alice.has('EUR', '50.00')
  await alice.has('JPY', '9000')
  const paid = await alice.confirms(await shop.asks('EUR', '4.90'))
  await alice.confirms(await shop.asks('EUR', '5.10'))
  await alice.confirms(await shop.asks('EUR', '999.00'))
  await alice.confirms(await shop.asks('JPY', '1000'))
  await alice.nowHas('JPY', '8000')
  await alice.get('notes.write', { id: paid.id, note: '房租' })
  await alice.get('notes.label', { id: paid.id, label: 'home' })
  await alice.get('contacts.save', { id: newId(), name: 'Lin Meihua', note: '' })
  await alice.get('support.ask', { id: newId(), about: 'a', text: 'why' })
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

/** All that a person sees on a device. */
async function sees(person: Person): Promise<unknown> {
  const { rows } = await person.get('history.page', { filter: {}, after: null, limit: 500 })
  return {
    balances: (await person.get('balances.overview', {})).balances,
    history: [...rows].sort(byId),
    details: await Promise.all([...rows].sort(byId).map(({ id }) => person.get('history.detail', { id }))),
    notes: await Promise.all([...rows].sort(byId).map(({ id }) => person.get('notes.of', { id }))),
    contacts: (await person.get('contacts.list', {})).contacts,
    profile: await person.get('account.profile', {}),
  }
}
const seeTheSame = (one: Person, other: Person) => soon(async () => expect(await sees(other)).toEqual(await sees(one)))

/** The service tells a snapshot in pages of so many rows. */
const inPages = (person: Person, rows: number) =>
  person.network.answersOtherwise('/v1/snapshot', answer => {
    const page = answer as SnapshotPage
    return page.rows.length > rows ? { ...page, rows: page.rows.slice(0, rows), heads: null } : page
  })
const snapshotsOf = ({ network }: Person): number => network.reached.get('GET /v1/snapshot') ?? 0

scenario('a new device begins with the snapshot, sees what the old one sees, and finds itself in the root of the day', async world => {
  const { alice, another, clock, service } = world
  await lives(world)
  await compacts(world)
  await clock.moves(dayMs)
  await makeRoots(service.ports)
  await alice.ask('app.unlock', { password: null })
  const { root } = await alice.get('provider.check', {})
  const second = await another()
  inPages(second, 4)
  await second.signsIn(alice.email)
  await seeTheSame(alice, second)
  expect(snapshotsOf(second)).toBeGreaterThan(2)
  const state = await second.get('provider.check', {})
  expect(state).toMatchObject({ mismatch: null, verified: { movements: 5 }, root: { fingerprint: root?.fingerprint } })
  expect(root).not.toBeNull()
  // Both go on as two devices of one person do.
  await second.has('EUR', '1.00')
  await alice.nowHas('EUR', '41.00')
  await seeTheSame(alice, second)
})

scenario('a device that was away for longer than the feed is kept comes back by itself, with all that it had not sent', async world => {
  const { alice, another, shop } = world
  await alice.has('EUR', '50.00')
  const second = await another()
  await second.signsIn(alice.email)
  await second.nowHas('EUR', '50.00')
  const order = await shop.asks('EUR', '10.00')
  await second.get('payments.review', { text: order.code })
  second.network.goesOffline()
  const id = newId()
  await second.get('payments.confirm', { id, orderCode: order.code, total: { currency: 'EUR', value: '10.00' }, shopId: order.shop.id })
  await second.get('contacts.save', { id: newId(), name: 'Bob', note: 'written offline' })
  await lives(world)
  await compacts(world)
  const cursor = (await second.get('provider.state', {})).verified?.position ?? 0
  second.network.comesBack()
  await shop.wasPaidOnce(order)
  await second.get('provider.check', {})
  await alice.get('provider.check', {})
  await second.nowHas('EUR', '80.00')
  await seeTheSame(alice, second)
  expect(snapshotsOf(second)).toBeGreaterThan(0)
  const { mismatch, verified } = await second.get('provider.check', {})
  expect(mismatch).toBeNull()
  expect(verified?.position).toBeGreaterThan(cursor)
  expect((await alice.get('contacts.list', {})).contacts.map(({ name }) => name).sort()).toEqual(['Bob', 'Lin Meihua'])
})

scenario('a snapshot that breaks off goes on where it was, also after a restart and a further compaction', async world => {
  const { alice, another } = world
  await lives(world)
  await compacts(world, 12)
  const second = await another()
  let pages = 0
  inPages(second, 3)
  const cut = (breaksAfter: number) =>
    second.network.answersOtherwise('/v1/snapshot', answer => {
      pages += 1
      if (pages > breaksAfter) throw new TypeError('terminated')
      const page = answer as SnapshotPage
      return page.rows.length > 3 ? { ...page, rows: page.rows.slice(0, 3), heads: null } : page
    })
  cut(2)
  await second.signsIn(alice.email)
  await soon(() => expect(pages).toBeGreaterThan(2))
  await second.restarts()
  await second.ask('app.unlock', { password: null })
  expect((await second.get('provider.state', {})).verified).toBeNull()
  await compacts(world)
  inPages(second, 3)
  await second.get('provider.check', {})
  await seeTheSame(alice, second)
  expect(await second.get('provider.check', {})).toMatchObject({ mismatch: null, verified: { movements: 5 } })
})

scenario('a snapshot that lies stops the new device, keeps the evidence, and the old device goes on', async world => {
  const { alice, another } = world
  await lives(world)
  await compacts(world)
  const second = await another()
  second.network.answersOtherwise('/v1/snapshot', answer =>
    JSON.parse(JSON.stringify(answer).replaceAll('9000"', '9900"').replaceAll('8000"', '8900"')),
  )
  await second.signsIn(alice.email)
  const { mismatch } = await soon(async () => {
    const state = await second.get('provider.state', {})
    expect(state.mismatch).not.toBeNull()
    return state
  })
  expect(mismatch?.code).toBe('chain_broken')
  expect((await second.get('balances.overview', {})).balances).toEqual([])
  const { path } = await second.get('provider.saveEvidence', { id: mismatch?.id ?? '', path: null })
  const evidence = JSON.parse(await readFile(path, 'utf8'))
  expect(evidence.told.page).toMatchObject({ upTo: expect.any(Number), heads: { position: evidence.told.page.upTo } })
  expect(JSON.stringify(evidence.told.page)).toContain('9900"')
  second.network.answersOtherwise('/v1/snapshot', answer => answer)
  await second.get('provider.goOn', { id: mismatch?.id ?? '' })
  await seeTheSame(alice, second)
  expect(await alice.get('provider.check', {})).toMatchObject({ mismatch: null })
})
