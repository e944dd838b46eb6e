import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FeedPage, SnapshotPage } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { compactFeeds } from '#service/feed/compaction.ts'
import type { SigningKeys } from '#service/ports.ts'
import { checkingWallet } from '../support/checkingWallet.ts'
import {
  call,
  confirmation,
  get,
  makeOrder,
  registerHolder,
  signingOf,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../support/service.ts'

const day = 86_400_000
const keptRows = 4
let service: TestService
let signing: SigningKeys
let lin: TestHolder
let bob: TestHolder
/** The feed before anything was compacted. */
let whole: FeedPage
let snapshot: SnapshotPage
let ofBob: SnapshotPage

const snapshotOf = (holder: TestHolder, after = 0) => get<SnapshotPage>(service, `/v1/snapshot?after=${after}`, { token: holder.token })
const compacts = (feedKeptDays = 1, feedKeptRows = keptRows) =>
  compactFeeds({ ...service.ports, config: { ...service.ports.config, feedKeptDays, feedKeptRows } })

beforeAll(async () => {
  service = await startTestService()
  signing = await signingOf(service)
  lin = await registerHolder(service)
  bob = await registerHolder(service, { email: 'bob@example.org' })
  await topUp(service, bob, 'EUR', '50.00')
  for (let row = 0; row < keptRows; row += 1) await bob.does('question.ask', { about: `${row}`, text: 'why' })
  for (let round = 0; round < 3; round += 1) {
    await topUp(service, lin, 'EUR', '50.00')
    await topUp(service, lin, 'JPY', '9000')
    await lin.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '24.90'), '24.90'))
    await lin.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '999.00'), '999.00'))
    await lin.does('question.ask', { about: `${round}`, text: 'why' })
  }
  await lin.does('currencies.open', { currencies: ['CHF'] })
  whole = await lin.feed(0)
  service.moves(3 * day)
  await compacts()
  snapshot = await snapshotOf(lin)
  ofBob = await snapshotOf(bob)
}, 120_000)
afterAll(() => service.stop())

/** Everything that a person sees of a wallet, in an order that does not depend on how it came to be known. */
async function seenIn(store: WalletStore): Promise<unknown> {
  const { rows: found } = await store.movements({}, null, 200)
  const rows = [...found].sort((a, b) => (a.id < b.id ? -1 : 1))
  const documents = (kind: 'profile' | 'top_up' | 'payment' | 'limits' | 'question') =>
    store.documents(kind, 200).then(list => [...list].sort())
  return {
    balances: await store.balances(),
    heads: await store.heads(),
    movements: rows,
    postings: await Promise.all(rows.map(({ id }) => store.postingsOf(id))),
    documents: await Promise.all([
      documents('profile'),
      documents('top_up'),
      documents('payment'),
      documents('limits'),
      documents('question'),
    ]),
    cursor: await store.cursor(),
  }
}

/** The page that a wallet gets at this place of the feed, by both routes. */
async function nextPage(holder: TestHolder, after: number): Promise<FeedPage | SnapshotPage> {
  const reply = await call(service, `/v1/feed?after=${after}`, { token: holder.token })
  if (reply.status === 200) return reply.body as unknown as FeedPage
  expect([reply.status, reply.body['code']]).toEqual([410, 'feed_compacted'])
  return snapshotOf(holder, after)
}

async function reads(wallet: Awaited<ReturnType<typeof checkingWallet>>, holder: TestHolder): Promise<void> {
  for (;;) {
    const after = await wallet.store.cursor()
    const page = await nextPage(holder, after)
    if (after === page.last) return
    await wallet.provider().apply(after, page)
  }
}

describe('a compacted feed', () => {
  test('keeps every posting and the newest of everything else, and its newest rows as they are', async () => {
    const { upTo } = snapshot
    expect(upTo).toBe(whole.last - keptRows)
    const told = new Map(whole.rows.map(row => [row.n, row.event]))
    for (const { n, event } of snapshot.rows) expect(event).toEqual(told.get(n))
    const postings = whole.rows.filter(({ n, event }) => n <= upTo && event.type === 'posting')
    expect(snapshot.rows.filter(({ event }) => event.type === 'posting')).toEqual(postings)
    const kinds = snapshot.rows.map(({ event }) => event.type)
    expect(kinds.filter(kind => kind === 'limits')).toHaveLength(1)
    expect(kinds.filter(kind => kind === 'profile')).toHaveLength(1)
    const ids = snapshot.rows.flatMap(({ event }) =>
      event.type === 'payment' ? [event.payment.id] : event.type === 'top_up' ? [event.topUp.id] : [],
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(snapshot.rows.length).toBeLessThan(upTo)
    expect((await lin.feed(upTo)).rows).toEqual(whole.rows.filter(({ n }) => n > upTo))
  })

  test('is compacted further without a change to what is told, and not at all where nothing is old or nobody wants it', async () => {
    const before = await snapshotOf(lin)
    await compacts()
    await compacts(30)
    await compacts(0, 0)
    expect({ ...(await snapshotOf(lin)), heads: null }).toEqual({ ...before, heads: null })
  })

  test('a wallet that comes back from any place of it sees what one that was always there sees', async () => {
    const always = await checkingWallet(service, lin, signing)
    await always.provider().apply(0, whole)
    const expected = await seenIn(always.store)
    await always.close()
    for (let place = 0; place <= whole.last; place += 3) {
      const wallet = await checkingWallet(service, lin, signing)
      if (place > 0) await wallet.provider().apply(0, { ...whole, rows: whole.rows.slice(0, place), heads: null })
      await reads(wallet, lin)
      expect(await seenIn(wallet.store), `from row ${place}`).toEqual(expected)
      expect(await wallet.provider().state()).toMatchObject({ mismatch: null, verified: { position: whole.last } })
      await wallet.close()
    }
  }, 120_000)

  test('stands at heads that the service signs at its end, and goes on from there', async () => {
    const wallet = await checkingWallet(service, lin, signing)
    await wallet.provider().apply(0, snapshot)
    expect((await wallet.provider().state()).verified).toMatchObject({ position: snapshot.upTo, accounts: 2 })
    await wallet.close()
  })

  test('is told without rows where nothing is compacted beyond a place', async () => {
    expect(await snapshotOf(lin, snapshot.upTo)).toMatchObject({ rows: [], upTo: snapshot.upTo, heads: null })
    const ming = await registerHolder(service, { email: 'ming@example.org' })
    expect(await snapshotOf(ming)).toMatchObject({ rows: [], upTo: 0, heads: null })
  })
})

type Lie = (page: SnapshotPage) => SnapshotPage
const yenPosting = ({ rows }: SnapshotPage, version: number) =>
  rows.find(({ event }) => event.type === 'posting' && event.balance.currency === 'JPY' && event.version === version)
/** The worst liar has the service's own key. */
const signed = (page: SnapshotPage, change: Partial<NonNullable<SnapshotPage['heads']>> = {}): SnapshotPage => {
  if (!page.heads) throw new Error('a snapshot without heads')
  const heads = { ...page.heads, ...change }
  return { ...page, heads: { ...heads, signature: signing.sign(headsText(heads)) } }
}

const lies: Readonly<Record<string, readonly [expected: string, lie: Lie]>> = {
  'a changed amount': [
    'chain_broken',
    page => JSON.parse(JSON.stringify(page).replaceAll('9000"', '9900"').replaceAll('18000"', '18900"')),
  ],
  'a missing movement': ['version_wrong', page => ({ ...page, rows: page.rows.filter(row => row !== yenPosting(page, 1)) })],
  'a missing last movement': ['head_wrong', page => ({ ...page, rows: page.rows.filter(row => row !== yenPosting(page, 3)) })],
  'two movements in another order': [
    'version_wrong',
    page => {
      const one = yenPosting(page, 1)
      const other = yenPosting(page, 2)
      const swapped = (row: SnapshotPage['rows'][number]) => (row === one ? other : row === other ? one : row) ?? row
      return { ...page, rows: page.rows.map(row => ({ ...swapped(row), n: row.n })) }
    },
  ],
  'heads of an earlier place': ['heads_old', page => signed(page, { position: page.upTo - 1 })],
  'heads that stand elsewhere': [
    'head_wrong',
    page => signed(page, { accounts: (page.heads?.accounts ?? []).map(account => ({ ...account, version: account.version - 1 })) }),
  ],
  'no heads at its end': ['heads_missing', page => ({ ...page, heads: null })],
  'a signature of nobody': [
    'signature_wrong',
    page => ({ ...page, heads: page.heads && { ...page.heads, signature: Buffer.alloc(64, 1).toString('base64url') } }),
  ],
  'the heads of another person': ['heads_of_other', page => ({ ...page, heads: ofBob.heads && { ...ofBob.heads, position: page.upTo } })],
  'the movements of another person': [
    'account_wrong',
    page => ({ ...page, rows: [...ofBob.rows, ...page.rows.filter(({ n }) => n > ofBob.upTo)] }),
  ],
  'a feed that ends before': ['rows_lost', page => ({ ...page, last: -1 })],
}

describe('a snapshot that lies', () => {
  for (const [what, [code, lie]] of Object.entries(lies))
    test(`${what} is a mismatch: nothing of it is applied, and the evidence says what was told`, async () => {
      const wallet = await checkingWallet(service, lin, signing)
      const page = lie(snapshot)
      const refusal = await wallet
        .provider()
        .apply(0, page)
        .catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(ProviderMismatch)
      const { mismatch } = await wallet.provider().state()
      expect(mismatch?.code).toBe(code)
      expect([await wallet.store.cursor(), await wallet.store.balances(), wallet.stops()]).toEqual([0, [], 1])
      expect(JSON.parse((await wallet.provider().evidence(mismatch?.id ?? '')) ?? '')).toMatchObject({ told: { after: 0, page } })
      expect(await wallet.provider().goOn(mismatch?.id ?? '')).toBe(true)
      await reads(wallet, lin)
      expect(await wallet.provider().state()).toMatchObject({ mismatch: null, verified: { position: whole.last } })
      await wallet.close()
    })
})
