import { describe, expect, type TestContext, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { digest } from '#storage/digest.ts'
import { alice, bank, capture, codeOf, fees, hold, open, post, release, shop, stores } from './ledgerStores.ts'

const fxEur: AccountId = 'fx:desk:EUR'
const fxJpy: AccountId = 'fx:desk:JPY'
const rounding: AccountId = 'rounding:desk:JPY'
const aliceYen: AccountId = 'holder:alice:JPY'

const exchange = (id: string, minor: bigint): LedgerCommand => ({
  ...{ id, at: 10, type: 'exchange', subject: 's', effectiveAt: 10, from: alice, to: aliceYen, minor, desk: 'desk' },
  // 163.27 yen a euro: 1.6327 yen a cent.
  rate: { numerator: 16_327n, denominator: 10_000n },
})
const reverse = (id: string, posting: string): LedgerCommand => ({ id, at: 50, type: 'reverse', posting, subject: 's', effectiveAt: 50 })

/** What has cost others money, each as it happened: by the kind of mistake, for which the books of payment companies have many names. */
for (const [name, openStore] of Object.entries(stores)) {
  describe(`in ${name} nobody loses money by`, () => {
    const withBook = async (context: TestContext, work: (store: LedgerStore) => Promise<void>) => {
      const kept = await openStore(context)
      for (const account of [alice, shop, fees, bank, fxEur, fxJpy, rounding, aliceYen]) await kept.store.post(open(account))
      await kept.store.post(post('salary', [alice, 10_000n], [bank, -10_000n]))
      await work(kept.store)
      expect(violations(await kept.book(), digest)).toEqual([])
      kept.close()
    }
    const balance = async (store: LedgerStore, id: AccountId) => {
      const account = await store.account(id)
      return [account?.posted, account?.held]
    }

    test('a capture that is sent twice, by its sender again or by another with a new id', context =>
      withBook(context, async store => {
        await store.post(hold('h', alice, 2_000n))
        const first = await store.post(capture('c', 'h', [alice, -2_000n], [shop, 2_000n]))
        expect(await store.post(capture('c', 'h', [alice, -2_000n], [shop, 2_000n]))).toEqual(first)
        expect(codeOf(await store.post(capture('c-again', 'h', [alice, -2_000n], [shop, 2_000n])))).toBe('hold_resolved')
        expect(await balance(store, shop)).toEqual([2_000n, 0n])
      }))

    test('a refund above what was captured, or of the same capture in pieces', context =>
      withBook(context, async store => {
        await store.post(hold('h', alice, 2_000n))
        await store.post(capture('c', 'h', [alice, -2_000n], [shop, 1_980n], [fees, 20n]))
        expect(codeOf(await store.post(post('too-much', [shop, -1_981n], [alice, 1_981n])))).toBe('insufficient_funds')
        expect(codeOf(await store.post(reverse('r1', 'c')))).toBe('done')
        expect(codeOf(await store.post(reverse('r2', 'c')))).toBe('posting_reversed')
        expect(await balance(store, alice)).toEqual([10_000n, 0n])
      }))

    test('many withdrawals, each of which alone was covered when it was looked at', context =>
      withBook(context, async store => {
        const codes: string[] = []
        for (let n = 0; n < 8; n += 1) codes.push(codeOf(await store.post(post(`w${n}`, [alice, -3_000n], [bank, 3_000n]))))
        expect(codes).toEqual([...Array(3).fill('done'), ...Array(5).fill('insufficient_funds')])
        expect(await balance(store, alice)).toEqual([1_000n, 0n])
      }))

    test('a retry after a time-out with the same id and another amount', context =>
      withBook(context, async store => {
        await store.post(post('pay', [alice, -100n], [shop, 100n]))
        expect(codeOf(await store.post(post('pay', [alice, -200n], [shop, 200n])))).toBe('id_reused')
        expect(await balance(store, shop)).toEqual([100n, 0n])
      }))

    test('a decline that is tried again with its id once there is money: it stays declined, and nothing is taken late', context =>
      withBook(context, async store => {
        const declined = await store.post(post('pay', [alice, -10_001n], [shop, 10_001n]))
        await store.post(post('more', [alice, 5_000n], [bank, -5_000n]))
        expect(await store.post(post('pay', [alice, -10_001n], [shop, 10_001n]))).toEqual(declined)
        expect(await balance(store, shop)).toEqual([0n, 0n])
      }))

    test('a webhook that is played back again and again', context =>
      withBook(context, async store => {
        const credit = post('bank-entry-77', [alice, 5_000n], [bank, -5_000n])
        const first = await store.post(credit)
        for (let n = 0; n < 50; n += 1) expect(await store.post({ ...credit, at: 1_000 + n })).toEqual(first)
        expect(await balance(store, alice)).toEqual([15_000n, 0n])
      }))

    test('rounding that drifts: a hundred small exchanges give what they are worth, and the desk knows each part of a unit', context =>
      withBook(context, async store => {
        for (let n = 0; n < 100; n += 1) expect(codeOf(await store.post(exchange(`x${n}`, 1n + BigInt(n % 7))))).toBe('done')
        const [yen = 0n] = await balance(store, aliceYen)
        const [desk = 0n] = await balance(store, fxJpy)
        const [kept = 0n] = await balance(store, rounding)
        expect(yen + desk + kept).toBe(0n)
        const sold = 10_000n - ((await store.account(alice))?.posted ?? 0n)
        // Half-even: what a hundred roundings leave is far below half a unit each.
        const worth = (sold * 16_327n) / 10_000n
        expect(yen > worth - 25n && yen < worth + 25n).toBe(true)
        expect(kept >= 0n && kept <= 100n).toBe(true)
      }))

    test('a hold that leaks: whatever becomes of it, nothing stays held', context =>
      withBook(context, async store => {
        await store.post(hold('h1', alice, 1_000n))
        await store.post(hold('h2', alice, 1_000n))
        await store.post(hold('h3', alice, 1_000n))
        await store.post({ ...capture('c1', 'h1', [alice, -400n], [shop, 400n]), final: false } as LedgerCommand)
        await store.post(capture('c2', 'h1', [alice, -100n], [shop, 100n]))
        await store.post({ ...capture('c3', 'h2', [alice, -999n], [shop, 999n]), final: false } as LedgerCommand)
        await store.post(release('r', 'h2'))
        await store.post({ id: 'e', at: 100, type: 'expire', hold: 'h3' })
        expect(await balance(store, alice)).toEqual([8_501n, 0n])
      }))

    test('money that is held and spent as well', context =>
      withBook(context, async store => {
        await store.post(hold('h', alice, 9_000n))
        expect(codeOf(await store.post(post('pay', [alice, -1_001n], [shop, 1_001n])))).toBe('insufficient_funds')
        expect(codeOf(await store.post(reverse('r', 'salary')))).toBe('insufficient_funds')
        expect(codeOf(await store.post(hold('h2', alice, 1_001n)))).toBe('insufficient_funds')
        expect(await balance(store, alice)).toEqual([10_000n, 9_000n])
      }))
  })
}
