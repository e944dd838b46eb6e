import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { FeedChange, MovementFilter, MovementRow, WalletStore } from '#core/wallet/store.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { feedMaker, tell, walletInFolder, walletKey } from './walletSupport.ts'

let wallet: Awaited<ReturnType<typeof walletInFolder>>
let store: WalletStore
beforeEach(async () => {
  wallet = await walletInFolder()
  store = wallet.store
})
afterEach(async () => {
  await store.close()
  wallet.remove()
})

const mismatchOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error => (error instanceof ProviderMismatch ? error.mismatch.code : `no mismatch: ${String(error)}`),
  )

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error => (error instanceof Fault ? error.code : `not a fault: ${String(error)}`),
  )
const pending = (id: string, at: number, more: Partial<MovementRow> = {}): FeedChange => ({
  type: 'movement',
  movement: {
    id,
    kind: 'payment',
    state: 'pending',
    at,
    title: 'Shop',
    reference: '',
    currency: 'EUR',
    minor: -1n,
    feeMinor: 0n,
    afterMinor: null,
    words: '',
    ...more,
  },
})

describe('the feed', () => {
  test('a page is applied once, with its cursor; another place in the feed changes nothing', async () => {
    const feed = feedMaker()
    const page = { after: 0, until: 3, changes: feed.move('EUR', 5_000n, 10) }
    expect(await store.applyFeed(page)).toBe(true)
    expect(await store.applyFeed(page)).toBe(false)
    expect(await store.applyFeed({ ...page, after: 7, until: 8 })).toBe(false)
    expect(await store.cursor()).toBe(3)
    expect(await store.balances()).toEqual([{ currency: 'EUR', postedMinor: 5_000n, heldMinor: 0n, version: 1 }])
  })

  test('a balance that is not the sum of what was told is refused loudly, and the page with it', async () => {
    const feed = feedMaker()
    await tell(store, feed.move('EUR', 5_000n, 10))
    const wrong = (postedMinor: bigint, version: number): FeedChange[] => [
      { type: 'document', kind: 'profile', id: 'p', json: '{}', at: 1 },
      { type: 'balance', balance: { currency: 'EUR', postedMinor, heldMinor: 0n, version } },
    ]
    for (const changes of [wrong(5_001n, 1), wrong(5_000n, 2)]) {
      const refused = await store.applyFeed({ after: 1, until: 2, changes }).catch(error => error)
      expect(refused).toBeInstanceOf(ProviderMismatch)
      expect(refused.mismatch).toMatchObject({ code: 'balance_wrong', detail: { currency: 'EUR', here: '50.00', versionHere: '1' } })
    }
    expect(await store.cursor()).toBe(1)
    expect(await store.document('profile', 'p')).toBeUndefined()
  })

  test('a posting out of its version, unbalanced or below zero is refused', async () => {
    const feed = feedMaker()
    await tell(store, feed.move('EUR', 5_000n, 10))
    feed.move('EUR', -10n, 11)
    const skipped = feed.move('EUR', -10n, 12)
    expect(await mismatchOf(tell(store, skipped))).toBe('version_wrong')
    const [posting] = feedMaker().move('USD', -10n, 12)
    expect(await mismatchOf(tell(store, posting ? [posting] : []))).toBe('posting_changed')
    const below = posting?.type === 'posting' ? { ...posting, posting: { ...posting.posting, id: 'p-below' } } : undefined
    expect(await mismatchOf(tell(store, below ? [below] : []))).toBe('posting_impossible')
  })

  test('what a payment takes was held before it, and what is held is what the service says', async () => {
    const feed = feedMaker()
    await tell(store, feed.move('EUR', 100n, 10))
    await tell(store, [{ type: 'balance', balance: { currency: 'EUR', postedMinor: 100n, heldMinor: 100n, version: 1 } }])
    expect(await store.balances()).toEqual([{ currency: 'EUR', postedMinor: 100n, heldMinor: 100n, version: 1 }])
    await tell(store, feed.move('EUR', -100n, 11))
    expect(await store.balances()).toEqual([{ currency: 'EUR', postedMinor: 0n, heldMinor: 0n, version: 2 }])
  })

  test('a currency can be open with nothing in it, and amounts are exact to the wei', async () => {
    const feed = feedMaker()
    await tell(store, [{ type: 'balance', balance: { currency: 'KWD', postedMinor: 0n, heldMinor: 0n, version: 0 } }])
    await tell(store, feed.move('ETH', 123_456_789_012_345_678_901n, 10))
    await tell(store, feed.move('ETH', -1n, 11))
    expect((await store.balances()).map(({ currency, postedMinor }) => [currency, postedMinor])).toEqual([
      ['KWD', 0n],
      ['ETH', 123_456_789_012_345_678_900n],
    ])
  })

  test('a movement has its legs, as the service told them', async () => {
    const feed = feedMaker()
    await tell(store, feed.move('EUR', 5_000n, 10))
    await tell(store, feed.move('EUR', -105n, 20, { id: 'pay', title: '星巴克咖啡', feeMinor: 5n }))
    const [posting] = await store.postingsOf('pay')
    expect(posting).toMatchObject({ kind: 'payment', subject: 'pay', effectiveAt: 20, recordedAt: 20 })
    expect(posting?.legs).toEqual([
      {
        account: 'holder:h1:EUR',
        currency: 'EUR',
        minor: -105n,
        version: 2,
        chain: expect.stringMatching(/^[\w-]{43}$/),
        own: true,
        label: 'You',
      },
      { account: 'merchant:s1:EUR', currency: 'EUR', minor: 100n, version: 2, chain: '', own: false, label: '星巴克咖啡' },
      { account: 'fee:okpay:EUR', currency: 'EUR', minor: 5n, version: 2, chain: '', own: false, label: 'Fee' },
    ])
  })
})

describe('the history', () => {
  const all = async (filter: MovementFilter, limit: number): Promise<string[]> => {
    const ids: string[] = []
    let after: string | null = null
    do {
      const page = await store.movements(filter, after, limit)
      ids.push(...page.rows.map(row => row.id))
      after = page.next
    } while (after !== null)
    return ids
  }

  test('a later state of a movement takes the place of the earlier one, in its new place in time', async () => {
    await tell(store, [pending('a', 10), pending('b', 20, { title: '咖啡' })])
    await tell(store, [pending('a', 30, { state: 'done', title: 'Bakery', minor: -7n, afterMinor: 3n })])
    const { rows, count } = await store.movements({}, null, 10)
    expect(rows.map(row => row.id)).toEqual(['a', 'b'])
    expect(rows[0]).toEqual(await store.movement('a'))
    expect(rows[0]).toMatchObject({ state: 'done', title: 'Bakery', minor: -7n, afterMinor: 3n, at: 30 })
    expect(count).toEqual({ value: 2, exact: true })
    expect(await all({ query: 'shop' }, 10)).toEqual([])
    expect(await all({ query: 'bakery', states: ['done'] }, 10)).toEqual(['a'])
  })

  test('every filter, in pages of any size, finds exactly what it names, newest first', async () => {
    const rowArb = fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom<MovementRow['kind']>('top_up', 'payment', 'reversal'),
      state: fc.constantFrom<MovementRow['state']>('pending', 'done', 'declined'),
      currency: fc.constantFrom<MovementRow['currency']>('EUR', 'CNY', 'ETH'),
      title: fc.constantFrom('星巴克咖啡', '咖啡馆', 'Coffee House', '星期', 'Tea'),
    })
    const rows = fc.sample(rowArb, { seed: 7, numRuns: 300 }).map((row, n) => ({ ...row, id: `m${n}` }))
    await tell(
      store,
      rows.map(({ id, at, ...more }) => pending(id, at, more)),
    )
    const filterArb = fc.record<MovementFilter>(
      {
        currencies: fc.subarray(['EUR', 'CNY', 'ETH']),
        kinds: fc.subarray(['top_up', 'payment', 'reversal']),
        states: fc.subarray(['pending', 'done', 'declined', 'expired']),
        from: fc.integer({ min: 0, max: 40 }),
        until: fc.integer({ min: 0, max: 41 }),
        query: fc.constantFrom('咖啡', '星', 'coffee', 'cof', 'hou', '巴克 咖'),
      },
      { requiredKeys: [] },
    )
    const has = <T>(list: readonly T[] | undefined, one: T) => !list || list.length === 0 || list.includes(one)
    const found = (query: string | undefined, title: string) =>
      !query || query.split(' ').every(word => (/^\w/.test(word) ? new RegExp(`\\b${word}`, 'i').test(title) : title.includes(word)))
    await fc.assert(
      fc.asyncProperty(filterArb, fc.integer({ min: 1, max: 60 }), async (filter, limit) => {
        const expected = rows.filter(
          row =>
            has(filter.currencies, row.currency) &&
            has(filter.kinds, row.kind) &&
            has(filter.states, row.state) &&
            row.at >= (filter.from ?? 0) &&
            row.at < (filter.until ?? 99) &&
            found(filter.query, row.title),
        )
        const ids = await all(filter, limit)
        expect([...ids].sort()).toEqual(expected.map(row => row.id).sort())
        const times = ids.map(id => rows.find(row => row.id === id)?.at ?? -1)
        expect(times).toEqual([...times].sort((a, b) => b - a))
        expect((await store.movements(filter, null, limit)).count).toEqual({ value: expected.length, exact: true })
      }),
      { numRuns: 120 },
    )
  })

  test('counting stops at 10,000', async () => {
    await tell(
      store,
      Array.from({ length: 10_001 }, (_, n) => pending(`m${n}`, n)),
    )
    expect((await store.movements({}, null, 5)).count).toEqual({ value: 10_000, exact: false })
    expect((await store.movements({ query: 'shop' }, null, 5)).count).toEqual({ value: 10_000, exact: false })
    expect((await store.movements({ until: 10_000 }, null, 5)).count).toEqual({ value: 10_000, exact: true })
  })

  test('search finds every Chinese substring that is there, and only that, whatever stands around it', async () => {
    const words = [
      '星巴克咖啡',
      '咖啡',
      '上海星巴克',
      'Coffee咖啡Bar',
      'ＦＵＬＬ width',
      'ばんざいカフェ',
      '서울커피',
      'O’Brien "x" AND',
      '𠮷野家',
    ]
    await tell(
      store,
      words.map((title, n) => pending(`w${n}`, n, { title, words: 'blue subscription', reference: `RF18${n}` })),
    )
    for (const query of ['咖啡', '星巴克', '星巴克咖啡', '巴克', 'カフェ', '커피', '𠮷', '野家', '啡Bar']) {
      const expected = words.flatMap((title, n) => (title.includes(query) ? [`w${n}`] : [])).sort()
      expect([query, (await all({ query }, 100)).sort()]).toEqual([query, expected])
    }
    expect(await all({ query: 'subscr' }, 100)).toHaveLength(words.length)
    expect(await all({ query: 'full' }, 100)).toEqual(['w4'])
    expect(await all({ query: 'rf183' }, 100)).toEqual(['w3'])
    expect(await all({ query: 'coffee 咖啡 blue' }, 100)).toEqual(['w3'])
  })

  test('nothing that a person types breaks the search', async () => {
    await tell(store, [pending('a', 1)])
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('"', '*', 'NEAR(a b)', 'title:shop', '^a', '-', 'a AND', '()', '\0', '😀'),
        ),
        async query => {
          await store.movements({ query }, null, 10)
        },
      ),
      { numRuns: 100 },
    )
    expect(await all({ query: '!!!' }, 10)).toEqual([])
    expect(await all({ query: '   ' }, 10)).toEqual(['a'])
  })
})

describe('the outbox, documents and settings', () => {
  test('an intent is saved once; the same id with another body is refused; its first answer stays', async () => {
    const intent = { id: 'i1', type: 'payment.confirm', json: '{"a":1}', madeAt: 1 }
    await store.saveIntent(intent)
    await store.saveIntent({ ...intent, madeAt: 2 })
    await expect(store.saveIntent({ ...intent, json: '{"a":2}' })).rejects.toThrow(/another body/)
    await store.saveIntent({ ...intent, id: 'i2' })
    expect((await store.openIntents()).map(one => one.id)).toEqual(['i1', 'i2'])
    await store.answerIntent('i1', 'first')
    await store.answerIntent('i1', 'second')
    expect(await store.intent('i1')).toEqual({ ...intent, answer: 'first' })
    expect((await store.openIntents()).map(one => one.id)).toEqual(['i2'])
  })

  test('documents are the newest state of each, newest first', async () => {
    const document = (id: string, json: string, at: number): FeedChange => ({ type: 'document', kind: 'top_up', id, json, at })
    await tell(store, [document('a', '1', 1), document('b', '2', 2), document('a', '3', 3)])
    expect(await store.documents('top_up', 10)).toEqual(['3', '2'])
    expect(await store.documents('top_up', 1)).toEqual(['3'])
    expect(await store.document('top_up', 'b')).toBe('2')
    expect(await store.document('payment', 'b')).toBeUndefined()
  })

  test('all of it is there after the wallet is opened again', async () => {
    const feed = feedMaker()
    await tell(store, feed.move('EUR', 5_000n, 10))
    await store.keepSetting('session', 'token')
    await store.saveIntent({ id: 'i1', type: 't', json: '{}', madeAt: 1 })
    await store.close()
    store = await openWalletStore({ path: wallet.path, key: walletKey, mustExist: true })
    expect(await store.setting('session')).toBe('token')
    expect(await store.balances()).toHaveLength(1)
    expect(await store.openIntents()).toHaveLength(1)
    await tell(store, feed.move('EUR', -1n, 11))
    expect((await store.movements({}, null, 10)).rows).toHaveLength(2)
  })

  test('an account that is forgotten leaves only what belongs to the device, and another can begin', async () => {
    await tell(store, [...feedMaker().move('EUR', 5_000n, 10), { type: 'document', kind: 'profile', id: 'p', json: '{}', at: 1 }])
    await store.keepSetting('session', 'token')
    await store.keepSetting('device.key', 'mine')
    await store.saveIntent({ id: 'i1', type: 't', json: '{}', madeAt: 1 })
    await store.clearAccount()
    expect([await store.cursor(), await store.balances(), (await store.movements({}, null, 10)).rows, await store.openIntents()]).toEqual([
      0,
      [],
      [],
      [],
    ])
    expect([await store.setting('session'), await store.setting('device.key'), await store.document('profile', 'p')]).toEqual([
      undefined,
      'mine',
      undefined,
    ])
    await tell(store, feedMaker().move('USD', 7n, 1, { title: '咖啡' }))
    expect((await store.movements({ query: '咖啡' }, null, 10)).rows).toHaveLength(1)
  })
})

describe('the file', () => {
  test('opened with another key it is refused; missing where it must be, it is not made', async () => {
    expect(await codeOf(openWalletStore({ path: wallet.path, key: new Uint8Array(32) }))).toBe('database_key_wrong')
    const gone = join(wallet.folder, 'gone.db')
    expect(await codeOf(openWalletStore({ path: gone, key: walletKey, mustExist: true }))).toBe('database_damaged')
    expect(existsSync(gone)).toBe(false)
  })

  test('a backup is whole, encrypted with the same key, and made while the wallet is used', async () => {
    const feed = feedMaker()
    for (let n = 0; n < 20; n += 1) await tell(store, feed.move('EUR', 100n, n, { title: 'plain words' }))
    const copy = join(wallet.folder, 'copy.db')
    const copied = store.backUp(copy)
    expect(await store.balances()).toHaveLength(1)
    await copied
    await tell(store, feed.move('EUR', 1n, 50))
    expect(readFileSync(copy).includes('plain words')).toBe(false)
    expect(readdirSync(wallet.folder).filter(name => name.includes('part'))).toEqual([])
    const restored = await openWalletStore({ path: copy, key: walletKey, mustExist: true })
    expect((await restored.balances())[0]?.postedMinor).toBe(2_000n)
    await restored.close()
    expect(await codeOf(store.backUp(join(wallet.folder, 'no such folder', 'copy.db')))).toBe('folder_read_only')
  })

  test('after it was closed, nothing more is answered', async () => {
    await store.close()
    await store.close()
    expect(await codeOf(store.balances())).toBe('unexpected')
  })
})
