import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FeedPage } from '#contracts/service/feed.ts'
import { headsText } from '#contracts/service/signing.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { createFeed } from '#main/sync/feed.ts'
import type { Provider } from '#main/sync/provider.ts'
import type { SigningKeys } from '#service/ports.ts'
import { type CheckingWallet, checkingWallet } from '../../support/checkingWallet.ts'
import { testClock } from '../../support/clock.ts'
import {
  confirmation,
  makeOrder,
  newId,
  registerHolder,
  signingOf,
  startTestService,
  type TestHolder,
  type TestService,
  topUp,
} from '../../support/service.ts'

let service: TestService
let signing: SigningKeys
let lin: TestHolder
let bob: TestHolder
/** All that the service told: two top-ups in euro, one in yen, and a payment. */
let honest: FeedPage
let earlier: FeedPage
let ofBob: FeedPage

beforeAll(async () => {
  service = await startTestService()
  signing = await signingOf(service)
  lin = await registerHolder(service)
  bob = await registerHolder(service, { email: 'bob@example.org' })
  await topUp(service, bob, 'EUR', '50.00')
  await topUp(service, lin, 'EUR', '50.00')
  await topUp(service, lin, 'JPY', '9000')
  earlier = await lin.feed(0)
  await topUp(service, lin, 'EUR', '20.00')
  await lin.does('payment.confirm', confirmation(await makeOrder(service, 'EUR', '24.90'), '24.90'))
  honest = await lin.feed(0)
  ofBob = await bob.feed(0)
}, 60_000)
afterAll(() => service.stop())

let wallet: CheckingWallet
let provider: Provider
let store: WalletStore
beforeEach(async () => {
  wallet = await checkingWallet(service, lin, signing)
  provider = wallet.provider()
  store = wallet.store
})
afterEach(() => wallet.close())

type Row = FeedPage['rows'][number]
type PostingRow = Row & { event: { type: 'posting' } }
const isPosting = (row: Row): row is PostingRow => row.event.type === 'posting'
const copy = (page: FeedPage): FeedPage => structuredClone(page)
const postingsOf = (page: FeedPage): PostingRow[] => page.rows.filter(isPosting)
const numbered = (page: FeedPage, rows: readonly Row[]): FeedPage => ({
  ...page,
  rows: rows.map((row, index) => ({ ...row, n: index + 1 })),
  last: rows.length,
})

/** The worst liar: it has the service's own key, and signs whatever it tells. */
function signed(page: FeedPage, change: Partial<NonNullable<FeedPage['heads']>> = {}): FeedPage {
  if (!page.heads) throw new Error('a page without heads')
  const heads = { ...page.heads, position: page.last, ...change }
  return { ...page, heads: { ...heads, signature: signing.sign(headsText(heads)) } }
}
const otherHeads = (
  page: FeedPage,
  change: (accounts: NonNullable<FeedPage['heads']>['accounts']) => NonNullable<FeedPage['heads']>['accounts'],
) => signed(page, { accounts: change(structuredClone(page.heads?.accounts ?? [])) })

function changed(change: (postings: PostingRow[]) => void): FeedPage {
  const page = copy(honest)
  change(postingsOf(page))
  return page
}
const ownLeg = (row: PostingRow | undefined) => row?.event.posting.legs.find(leg => leg.own)
const first = <T>(list: readonly T[]): T => {
  if (list[0] === undefined) throw new Error('an empty list')
  return list[0]
}
const swapped = (rows: readonly Row[]): Row[] => {
  const euros = rows.filter(row => isPosting(row) && row.event.balance.currency === 'EUR')
  const [one, other] = euros
  return rows.map(row => (row === one && other ? other : row === other && one ? one : row))
}

const lies: Readonly<Record<string, readonly [expected: string, page: () => FeedPage]>> = {
  'a changed amount, in both legs and in the balance': [
    'chain_broken',
    () =>
      signed(
        JSON.parse(JSON.stringify(honest).replaceAll('50.00"', '90.00"').replaceAll('70.00"', '110.00"').replaceAll('45.10"', '85.10"')),
      ),
  ],
  'a changed amount in one leg': [
    'posting_impossible',
    () => changed(([row]) => Object.assign(ownLeg(row)?.amount ?? {}, { value: '90.00' })),
  ],
  'a changed date': [
    'chain_broken',
    () => changed(([row]) => Object.assign(row?.event.posting ?? {}, { recordedAt: '2026-11-22T04:00:01.000Z' })),
  ],
  'a changed subject': ['chain_broken', () => changed(([row]) => Object.assign(row?.event.posting ?? {}, { subject: newId() }))],
  'a changed balance': ['balance_wrong', () => changed(([row]) => Object.assign(row?.event.balance.posted ?? {}, { value: '50.01' }))],
  'the balance of another, told as news': [
    'balance_wrong',
    () => {
      const page = copy(honest)
      const euros = postingsOf(copy(ofBob))[0]?.event.balance ?? { currency: 'EUR' }
      const rows: Row[] = [...page.rows, { n: 0, event: { type: 'balance', balance: euros, version: 1 } as never }]
      return signed(numbered(page, rows))
    },
  ],
  'a posting that is left out': [
    'version_wrong',
    () =>
      signed(
        numbered(
          honest,
          honest.rows.filter(row => row !== first(postingsOf(honest))),
        ),
      ),
  ],
  'the last posting that is left out, though its head is signed': [
    'head_wrong',
    () => {
      const last = postingsOf(honest).at(-1)
      return signed(
        numbered(
          honest,
          honest.rows.filter(row => row !== last),
        ),
      )
    },
  ],
  'a posting that is told twice under another id': [
    'version_wrong',
    () => {
      const page = copy(honest)
      const again = structuredClone(first(postingsOf(page)))
      again.event.posting.id = newId()
      return signed(
        numbered(
          page,
          page.rows.flatMap(row => (row === first(postingsOf(page)) ? [row, again] : [row])),
        ),
      )
    },
  ],
  'a posting that is told again with other legs': [
    'posting_changed',
    () => {
      const page = copy(honest)
      const again = structuredClone(first(postingsOf(page)))
      for (const leg of again.event.posting.legs) leg.amount.value = leg.own ? '1.00' : '-1.00'
      return signed(numbered(page, [...page.rows, again]))
    },
  ],
  'two postings in another order': ['version_wrong', () => signed(numbered(honest, swapped(honest.rows)))],
  'another link': ['chain_broken', () => changed(([row]) => Object.assign(ownLeg(row) ?? {}, { chain: 'A'.repeat(43) }))],
  'the posting of another, told as own': [
    'account_wrong',
    () => {
      const page = copy(honest)
      return signed(numbered(page, [...page.rows, ...postingsOf(copy(ofBob))]))
    },
  ],
  'an own leg that is told as that of another': [
    'account_wrong',
    () => changed(([row]) => Object.assign(ownLeg(row) ?? {}, { own: false })),
  ],
  'no heads at all': ['heads_missing', () => ({ ...honest, heads: null })],
  'heads of another holder': ['heads_of_other', () => ({ ...honest, heads: ofBob.heads })],
  'accounts of another under the name of this holder': ['account_wrong', () => signed(honest, { accounts: ofBob.heads?.accounts ?? [] })],
  'old heads, told again': ['heads_old', () => ({ ...honest, heads: earlier.heads })],
  'old accounts under a new position, with the old signature': [
    'signature_wrong',
    () => ({ ...honest, heads: earlier.heads && { ...earlier.heads, position: honest.last } }),
  ],
  'a changed signature': ['signature_wrong', () => ({ ...honest, heads: honest.heads && { ...honest.heads, signature: 'A'.repeat(86) } })],
  'a signature that is none': ['signature_wrong', () => ({ ...honest, heads: honest.heads && { ...honest.heads, signature: '' } })],
  'the id of another key': ['key_unknown', () => signed(honest, { keyId: '0123456789AB' })],
  'an account that the heads leave out': ['account_missing', () => otherHeads(honest, accounts => accounts.slice(1))],
  'an account that was never told': [
    'account_missing',
    () => otherHeads(honest, accounts => [...accounts, { ...first(accounts), account: `holder:${lin.holderId}:USD` }]),
  ],
  'an account that the heads name twice': ['account_missing', () => otherHeads(honest, accounts => [...accounts, first(accounts)])],
  'another head': [
    'head_wrong',
    () => otherHeads(honest, ([one, ...others]) => (one ? [{ ...one, chain: 'A'.repeat(43) }, ...others] : [])),
  ],
  'a head of a later version': [
    'head_wrong',
    () => otherHeads(honest, ([one, ...others]) => (one ? [{ ...one, version: one.version + 1 }, ...others] : [])),
  ],
}

describe('the wallet checks its provider', () => {
  test('what an honest service tells is applied and verified, in one page or in many', async () => {
    await provider.apply(0, { rows: honest.rows.slice(0, 4), last: honest.last, heads: null })
    expect((await provider.state()).verified).toBeNull()
    await provider.apply(4, { ...honest, rows: honest.rows.slice(4) })
    expect(await provider.state()).toMatchObject({
      mismatch: null,
      earlier: [],
      verified: { position: honest.last, keyId: signing.keyId, accounts: 2, movements: 4 },
    })
    expect(await store.balances()).toMatchObject([
      { currency: 'EUR', postedMinor: 4510n, version: 3 },
      { currency: 'JPY', postedMinor: 9000n, version: 1 },
    ])
    expect(await provider.apply(honest.last, { rows: [], last: honest.last, heads: honest.heads })).toBeDefined()
    expect(wallet.stops()).toBe(0)
  })

  /** A page for each row, with the heads at the last. */
  const rowByRow = (page: FeedPage): readonly FeedPage[] =>
    page.rows.map((row, index) => ({ ...page, rows: [row], heads: index + 1 === page.rows.length ? page.heads : null }))

  test('pages are applied together, but for such as have heads between them', async () => {
    const two = [earlier, { ...honest, rows: honest.rows.slice(earlier.last) }]
    expect(await provider.applyTogether(0, two)).toBe('apart')
    expect(await store.cursor()).toBe(0)
    const news = await provider.applyTogether(0, rowByRow(honest))
    expect(news).toMatchObject({ topics: new Set(['account', 'limits', 'topUps', 'history', 'balances', 'payments']) })
    expect(await provider.state()).toMatchObject({ mismatch: null, verified: { position: honest.last, movements: 4 } })
    expect(await provider.applyTogether(0, rowByRow(honest))).toBeUndefined()
  })

  test('of pages that came together those before a lie are applied, and the evidence is of the lie alone', async () => {
    const told = rowByRow(changed(postings => Object.assign(ownLeg(postings.at(-1)) ?? {}, { chain: 'A'.repeat(43) })))
    const lie = told.findLastIndex(({ rows: [row] }) => row && isPosting(row))
    let together = 0
    const feed = createFeed({
      clock: testClock(),
      mirror: {
        ...provider,
        async applyTogether(after, pages) {
          together = Math.max(together, pages.length)
          return provider.applyTogether(after, pages)
        },
      },
      cursor: () => store.cursor(),
      fetchPage: async after => first(told.slice(after)),
      openSocket: () => undefined,
      onNews: () => undefined,
      onCaughtUp: () => undefined,
      onFault: () => undefined,
    })
    await expect(feed.catchUp()).rejects.toBeInstanceOf(ProviderMismatch)
    expect(together).toBeGreaterThan(1)
    expect([await store.cursor(), wallet.stops()]).toEqual([lie, 1])
    const { mismatch } = await provider.state()
    const evidence = JSON.parse((await provider.evidence(mismatch?.id ?? '')) ?? '{}')
    expect(evidence).toMatchObject({ code: 'chain_broken', told: { after: lie, page: JSON.parse(JSON.stringify(told[lie])) } })
    expect(evidence.book.position).toBe(lie)
  })

  for (const [name, [code, page]] of Object.entries(lies))
    test(`${name}: ${code}; nothing is applied, the evidence is kept, the wallet stops`, async () => {
      const told = page()
      if (told.rows.length > 1) {
        const [one, ...more] = told.rows
        const pages = [
          { ...told, rows: one ? [one] : [], heads: null },
          { ...told, rows: more },
        ]
        expect(await provider.applyTogether(0, pages)).toBe('apart')
        expect([await store.cursor(), await provider.isStopped()]).toEqual([0, false])
      }
      await expect(provider.apply(0, told)).rejects.toBeInstanceOf(ProviderMismatch)
      const { mismatch, verified } = await provider.state()
      expect([mismatch?.code, verified, wallet.stops()]).toEqual([code, null, 1])
      expect([await store.cursor(), await store.balances(), (await store.movements({}, null, 10)).rows]).toEqual([0, [], []])
      const evidence = JSON.parse((await provider.evidence(mismatch?.id ?? '')) ?? '{}')
      expect(evidence).toMatchObject({ format: 'okpay.evidence.1', code, service: { id: service.ports.identity.serviceId } })
      expect(evidence.told.page).toEqual(JSON.parse(JSON.stringify(told)))
      expect(await provider.isStopped()).toBe(true)
      // Not even the truth is applied before the person goes on.
      expect(await provider.apply(0, honest)).toBeUndefined()
      expect(await provider.goOn(newId())).toBe(false)
      expect(await provider.goOn(mismatch?.id ?? '')).toBe(true)
      await provider.apply(0, honest)
      expect(await provider.state()).toMatchObject({ mismatch: null, earlier: [{ id: mismatch?.id }], verified: { movements: 4 } })
    })

  test('a lie after the truth leaves the book, the cursor and the last proof as they were', async () => {
    await provider.apply(0, earlier)
    const { verified } = await provider.state()
    const rest = { ...honest, rows: honest.rows.slice(earlier.last) }
    await expect(provider.apply(earlier.last, { ...rest, heads: earlier.heads })).rejects.toBeInstanceOf(ProviderMismatch)
    const { mismatch, verified: after } = await provider.state()
    expect(after).toEqual(verified)
    expect(await store.cursor()).toBe(earlier.last)
    expect(JSON.parse((await provider.evidence(mismatch?.id ?? '')) ?? '{}').book).toMatchObject({
      position: earlier.last,
      lastVerified: { heads: { position: earlier.last, signature: earlier.heads?.signature } },
      accounts: [
        { currency: 'EUR', posted: '50.00', version: 1 },
        { currency: 'JPY', posted: '9000', version: 1 },
      ],
    })
  })

  test('a service that lies again and again does not fill the disk: the first evidence and the newest stay', async () => {
    const ids: string[] = []
    for (let lie = 0; lie < 25; lie += 1) {
      await provider.apply(0, { ...honest, heads: null }).catch(() => undefined)
      const { mismatch } = await provider.state()
      ids.push(mismatch?.id ?? '')
      await provider.goOn(mismatch?.id ?? '')
    }
    const { earlier: kept } = await provider.state()
    expect(kept).toHaveLength(20)
    expect([kept.at(-1)?.id, kept[0]?.id]).toEqual([ids[0], ids.at(-1)])
    expect(await provider.evidence(ids[1] ?? '')).toBeUndefined()
    expect(await provider.evidence(ids[0] ?? '')).toBeDefined()
  })
})
