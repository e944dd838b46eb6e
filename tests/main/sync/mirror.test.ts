import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FeedEvent, FeedPage } from '#contracts/service/feed.ts'
import type { Payment, TopUp } from '#contracts/wire/shapes.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { createMirror, type Mirror } from '#main/sync/mirror.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { chains } from '../../support/chains.ts'
import { testClock } from '../../support/clock.ts'

let dir: string
let store: WalletStore
let mirror: Mirror
async function begin(): Promise<void> {
  store = await openWalletStore({ path: join(dir, `${randomBytes(4).toString('hex')}.db`), key: randomBytes(32) })
  mirror = createMirror(store, testClock())
}
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'okpay-mirror-'))
  await begin()
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true, force: true })
})

const id = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`
const eur = (value: string) => ({ currency: 'EUR', value }) as const

const topUp = (state: TopUp['state'], credited: string | null): TopUp => ({
  id: id(1),
  state,
  method: 'bank',
  amount: eur('50.00'),
  fee: eur('0.00'),
  credited: credited === null ? null : eur(credited),
  reference: 'RF18539007547034',
  instructions: { accountHolder: 'OKPAY', account: 'DE00', bic: 'X', bankName: 'Sandbox Bank', scheme: 'SEPA', epcPayload: null },
  expectedBy: at(30),
  expiresAt: at(50),
  problem: null,
  timeline: [{ state: 'instructed', at: at(1) }, ...(state === 'credited' ? ([{ state: 'credited', at: at(5) }] as const) : [])],
})

const payment = (state: Payment['state']): Payment => ({
  id: id(2),
  state,
  order: {
    id: id(3),
    code: 'K7F39QTX',
    state: 'open',
    shop: { id: 's', name: 'Lumen Books', verified: true, sandbox: true },
    shopReference: 'LB-1',
    lines: [{ title: '茶的历史', quantity: 1, amount: eur('24.90') }],
    amount: eur('24.90'),
    createdAt: at(6),
    expiresAt: at(21),
    returnUrl: null,
  },
  amount: eur('24.90'),
  fee: eur('0.00'),
  total: eur('24.90'),
  balanceAfter: null,
  decline: state === 'declined' ? { code: 'insufficient_funds', detail: {} } : null,
  timeline: [{ state: 'confirmed', at: at(7) }, ...(state === 'pending' ? [] : [{ state, at: at(8) } as const])],
})

const told = (posted: string, version: number, held = '0.00') =>
  ({
    balance: { currency: 'EUR', posted: eur(posted), held: eur(held), available: eur(posted) },
    version,
  }) as const
const link = chains()
const cents = (value: string): bigint => BigInt(value.replace('.', ''))
const linkOf = (n: number, kind: 'top_up' | 'payment', subject: string, value: string, after: string, version: number): string =>
  link(
    { account: 'holder', minor: cents(value), after: cents(after), version },
    { id: id(n), kind, subject, effectiveAt: Date.parse(at(5)), recordedAt: Date.parse(at(5)) },
  )
const posting = (n: number, kind: 'top_up' | 'payment', subject: string, value: string, after: string, version: number): FeedEvent => ({
  type: 'posting',
  posting: {
    id: id(n),
    kind,
    subject,
    effectiveAt: at(5),
    recordedAt: at(5),
    legs: [
      { account: 'holder', amount: eur(value), version, chain: linkOf(n, kind, subject, value, after, version), own: true, label: '' },
      {
        account: 'other',
        amount: eur(value.startsWith('-') ? value.slice(1) : `-${value}`),
        version: 1,
        chain: '',
        own: false,
        label: '',
      },
    ],
  },
  ...told(after, version),
})
const credit: FeedEvent = posting(11, 'top_up', id(1), '49.50', '49.50', 1)
const pageOf = (after: number, ...events: FeedEvent[]): FeedPage => ({
  rows: events.map((event, index) => ({ n: after + index + 1, event })),
  last: after + events.length,
  heads: null,
})

const apply = (after: number, page: FeedPage) => mirror.apply(after, [page])

const row = { id: id(1), kind: 'top_up', state: 'done', minor: 4950n, afterMinor: 4950n, title: 'Sandbox Bank' }

describe('the mirror', () => {
  test('writes one line for a top-up, whichever of its news comes first and wherever a page ends', async () => {
    const news: readonly FeedEvent[] = [credit, { type: 'top_up', topUp: topUp('credited', '49.50') }]
    for (const [first, second] of [news, [...news].reverse()])
      for (const split of ['not', 'in two', 'in two that are written together'] as const) {
        await store.close()
        await begin()
        if (!first || !second) throw new Error('two news')
        const two = [pageOf(0, first), pageOf(1, second)] as const
        if (split === 'not') await apply(0, pageOf(0, first, second))
        else if (split === 'in two') for (const [after, page] of two.entries()) await apply(after, page)
        else await mirror.apply(0, two)
        expect(await store.movement(id(1)), `${first.type} first, split: ${split}`).toMatchObject(row)
        expect((await store.movements({}, null, 10)).rows).toHaveLength(1)
        expect(await store.cursor()).toBe(2)
      }
  })

  test('a posting that is told again counts once, in one page, in two that are written together, and later', async () => {
    const credited: FeedEvent = { type: 'top_up', topUp: topUp('credited', '49.50') }
    for (const pages of [[[credit, credit, credited]], [[credit], [credited, credit]], [[credit, credited], [credit]]]) {
      await store.close()
      await begin()
      let after = 0
      const told = pages.map(events => {
        const page = pageOf(after, ...events)
        after += events.length
        return page
      })
      await mirror.apply(0, told)
      await apply(after, pageOf(after, credit))
      expect(await store.movement(id(1))).toMatchObject(row)
      expect(await store.balances()).toMatchObject([{ postedMinor: 4950n, version: 1 }])
    }
  })

  test('what the person wrote before the movement came finds it, and no other', async () => {
    const told = [credit, { type: 'top_up', topUp: topUp('credited', '49.50') }] as const
    await store.writeRegisters([{ subject: `movement:${id(1)}`, field: 'note', value: 'for the boat' }], 1, 'd')
    await apply(0, pageOf(0, ...told, { type: 'payment', payment: payment('declined') }))
    const found = async (query: string) => (await store.movements({ query }, null, 10)).rows.map(one => one.id)
    expect([await found('boat'), await found('SEPA'), await found('历史')]).toEqual([[id(1)], [id(1)], [id(2)]])
  })

  test('changes nothing where a page does not follow the cursor', async () => {
    expect(await apply(0, pageOf(0, { type: 'balance', ...told('0.00', 0) }))).toBeDefined()
    expect(await apply(0, pageOf(0, credit))).toBeUndefined()
    expect(await apply(5, pageOf(5, credit))).toBeUndefined()
    expect(await store.balances()).toMatchObject([{ postedMinor: 0n }])
    expect(await store.cursor()).toBe(1)
  })

  test('tells of money that arrives on a top-up that was seen before, once', async () => {
    await apply(0, pageOf(0, { type: 'top_up', topUp: topUp('instructed', null) }))
    const news = await apply(1, pageOf(1, credit, { type: 'top_up', topUp: topUp('credited', '49.50') }))
    expect(news?.arrived).toEqual([{ subject: id(1), amount: eur('49.50') }])
    const again = await apply(3, pageOf(3, { type: 'top_up', topUp: topUp('credited', '49.50') }))
    expect(again?.arrived).toEqual([])
  })

  test('tells nothing of old money to a new device', async () => {
    const events: FeedEvent[] = [{ type: 'top_up', topUp: topUp('instructed', null) }, credit]
    const news = await apply(0, pageOf(0, ...events, { type: 'top_up', topUp: topUp('credited', '49.50') }))
    expect(news?.arrived).toEqual([])
  })

  test('shows an intent as pending, and never over what the service has said', async () => {
    await mirror.keepPending(payment('pending'))
    expect(await store.movement(id(2))).toMatchObject({ state: 'pending', minor: -2490n, afterMinor: null })
    expect(await store.balances()).toEqual([])
    await apply(0, pageOf(0, { type: 'payment', payment: payment('declined') }))
    await mirror.keepPending(payment('pending'))
    await mirror.keepAnswer({ payment: payment('held') })
    expect(await store.movement(id(2))).toMatchObject({ state: 'declined' })
  })

  test('an answer and its news in any order end in the same book', async () => {
    const first: FeedEvent[] = [credit, { type: 'top_up', topUp: topUp('credited', '49.50') }]
    const then: FeedEvent[] = [{ type: 'payment', payment: payment('captured') }, posting(12, 'payment', id(2), '-24.90', '24.60', 2)]
    const steps = [
      () => mirror.keepPending(payment('pending')),
      () => mirror.keepAnswer({ payment: payment('captured') }),
      () => apply(2, pageOf(2, ...then)),
    ]
    for (const order of [[0, 1], [1, 0], [1, 1, 0, 0], []]) {
      await store.close()
      await begin()
      await apply(0, pageOf(0, ...first))
      for (const step of [...order, 2, ...order]) await steps[step]?.()
      expect(await store.movement(id(2)), order.join()).toMatchObject({ state: 'done', minor: -2490n, afterMinor: 2460n })
      expect(await store.balances()).toMatchObject([{ postedMinor: 2460n, heldMinor: 0n, version: 2 }])
    }
  })

  test('writes nothing any more once it is closed', async () => {
    await mirror.close()
    expect(await apply(0, pageOf(0, credit))).toBeUndefined()
    await mirror.keepPending(payment('pending'))
    expect((await store.movements({}, null, 10)).rows).toEqual([])
  })

  test('refuses a book that does not add up', async () => {
    await apply(0, pageOf(0, credit, { type: 'top_up', topUp: topUp('credited', '49.50') }))
    await expect(apply(2, pageOf(2, { type: 'balance', ...told('49.51', 1) }))).rejects.toMatchObject({
      mismatch: { code: 'balance_wrong', detail: { currency: 'EUR', here: '49.50', there: '49.51' } },
    })
    expect(await store.cursor()).toBe(2)
    expect(await store.balances()).toMatchObject([{ postedMinor: 4950n }])
  })
})
