import { describe, expect, type TestContext, test } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { maxMinor } from '#core/money/amount.ts'
import { digest } from '#storage/digest.ts'
import {
  alice,
  aliceFils,
  aliceWei,
  bank,
  capture,
  chain,
  codeOf,
  fees,
  gulf,
  hold,
  open,
  post,
  release,
  shop,
  stores,
} from './ledgerStores.ts'

for (const [name, openStore] of Object.entries(stores)) {
  describe(`a ledger in ${name}`, () => {
    const withBook = async (context: TestContext, work: (store: LedgerStore) => Promise<void>) => {
      const kept = await openStore(context)
      for (const account of [alice, shop, fees, bank]) await kept.store.post(open(account))
      await work(kept.store)
      expect(violations(await kept.book(), digest)).toEqual([])
      kept.close()
    }
    const rich = async (store: LedgerStore) => {
      await store.post(post('salary', [alice, 10_000n], [bank, -10_000n]))
    }

    test('money moves by balanced legs, each with its balance and version', context =>
      withBook(context, async store => {
        const answer = await store.post(post('p1', [alice, 5_000n], [bank, -5_000n]))
        expect(answer).toMatchObject({
          ok: true,
          value: {
            posting: { id: 'p1', subject: 'of p1', effectiveAt: 9, recordedAt: 10 },
            accounts: [
              { id: alice, posted: 5_000n, held: 0n, version: 1 },
              { id: bank, posted: -5_000n, held: 0n, version: 1 },
            ],
          },
        })
        expect(await store.account(alice)).toMatchObject({ id: alice, status: 'open', posted: 5_000n, held: 0n, version: 1 })
        expect((await store.posting('p1'))?.legs).toMatchObject([
          { account: alice, minor: 5_000n, after: 5_000n, version: 1 },
          { account: bank, minor: -5_000n, after: -5_000n, version: 1 },
        ])
        expect((await store.accountsOf('alice')).map(one => one.id)).toEqual([alice])
        expect(await store.account('holder:bob:EUR')).toBeUndefined()
      }))

    test('what does not sum to zero in each currency is refused', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(open(aliceWei))
        for (const command of [
          post('a', [alice, -100n], [shop, 99n]),
          post('b', [alice, -100n]),
          post('c'),
          post('d', [alice, -100n], [aliceWei, 100n]),
        ])
          expect(codeOf(await store.post(command))).toBe('legs_unbalanced')
        expect(codeOf(await store.post(post('e', [alice, 0n], [shop, 0n])))).toBe('amount_invalid')
        expect((await store.account(alice))?.posted).toBe(10_000n)
      }))

    test('an account that cannot go below zero says what is missing', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 2_000n))
        expect(await store.post(post('p', [alice, -8_001n], [shop, 8_001n]))).toEqual({
          ok: false,
          decline: { code: 'insufficient_funds', detail: { currency: 'EUR', available: '80.00', needed: '80.01', missing: '0.01' } },
        })
        expect(codeOf(await store.post(post('q', [alice, -8_000n], [shop, 8_000n])))).toBe('done')
        expect(codeOf(await store.post(hold('h2', alice, 1n)))).toBe('insufficient_funds')
      }))

    test('an unknown account is refused, and one that is no account is not opened', context =>
      withBook(context, async store => {
        expect(codeOf(await store.post(post('p', ['holder:bob:EUR', 1n], [bank, -1n])))).toBe('account_unknown')
        for (const id of ['holder::EUR', 'holder:x:XXX', 'pirate:x:EUR', 'holder:x:y:EUR'])
          expect(codeOf(await store.post(open(id as AccountId)))).toBe('account_unknown')
        expect(codeOf(await store.post(hold('h', 'holder:bob:EUR', 1n)))).toBe('account_unknown')
      }))

    test('a capture takes at most what is held, frees the rest, and resolves the hold for ever', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 3_000n))
        expect(codeOf(await store.post(capture('c0', 'h', [alice, -3_001n], [shop, 3_001n])))).toBe('capture_above_hold')
        const answer = await store.post(capture('c1', 'h', [alice, -2_500n], [shop, 2_400n], [fees, 100n]))
        expect(answer).toMatchObject({ ok: true, value: { hold: { id: 'h', state: 'captured' }, posting: { id: 'c1', kind: 'payment' } } })
        expect(await store.account(alice)).toMatchObject({ id: alice, status: 'open', posted: 7_500n, held: 0n, version: 2 })
        expect(codeOf(await store.post(capture('c2', 'h', [alice, -1n], [shop, 1n])))).toBe('hold_resolved')
        expect(codeOf(await store.post(release('r', 'h')))).toBe('hold_resolved')
        expect(codeOf(await store.post(release('r2', 'nothing')))).toBe('hold_unknown')
      }))

    test('a released hold frees its money; an expired one can be released but not captured', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 10_000n))
        expect(codeOf(await store.post({ ...capture('late', 'h', [alice, -1n], [shop, 1n]), at: 100 }))).toBe('hold_expired')
        expect(codeOf(await store.post({ ...release('r', 'h'), at: 200 }))).toBe('done')
        expect(await store.account(alice)).toMatchObject({ id: alice, status: 'open', posted: 10_000n, held: 0n, version: 1 })
        expect(codeOf(await store.post({ ...hold('old', alice, 1n), at: 100 }))).toBe('hold_expired')
      }))

    test('an id keeps its first answer for ever, a decline too, and is refused with another body', context =>
      withBook(context, async store => {
        const declined = await store.post(post('p', [alice, -1n], [shop, 1n]))
        await rich(store)
        expect(await store.post(post('p', [alice, -1n], [shop, 1n]))).toEqual(declined)
        const first = await store.post(hold('h', alice, 500n))
        const paid = await store.post(capture('c', 'h', [alice, -500n], [shop, 500n]))
        await store.post(post('more', [alice, -1n], [shop, 1n]))
        expect(await store.post({ ...hold('h', alice, 500n), at: 25 })).toEqual(first)
        expect(await store.post(capture('c', 'h', [alice, -500n], [shop, 500n]))).toEqual(paid)
        expect(codeOf(await store.post(hold('h', alice, 501n)))).toBe('id_reused')
        expect((await store.account(alice))?.posted).toBe(9_499n)
      }))

    test('a hold is captured in parts up to what is held, each part at once, and the rest stays held until it is final', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 3_000n))
        const part = (id: string, minor: bigint): LedgerCommand =>
          ({ ...capture(id, 'h', [alice, -minor], [shop, minor]), final: false }) as LedgerCommand
        expect(await store.post(part('c1', 1_000n))).toMatchObject({ value: { hold: { state: 'open', captured: 1_000n } } })
        expect(await store.account(alice)).toMatchObject({ posted: 9_000n, held: 2_000n })
        expect(codeOf(await store.post(part('c2', 2_001n)))).toBe('capture_above_hold')
        expect(await store.post(part('c3', 500n))).toMatchObject({ value: { hold: { state: 'open', captured: 1_500n } } })
        expect(await store.post(part('c4', 1_500n))).toMatchObject({ value: { hold: { state: 'captured', captured: 3_000n } } })
        expect(await store.account(alice)).toMatchObject({ posted: 7_000n, held: 0n })
        expect(codeOf(await store.post(part('c5', 1n)))).toBe('hold_resolved')
        await store.post(hold('h2', alice, 700n))
        await store.post(capture('c6', 'h2', [alice, -200n], [shop, 200n]))
        expect(await store.account(alice)).toMatchObject({ posted: 6_800n, held: 0n })
        await store.post(hold('h3', alice, 700n))
        await store.post({ ...capture('c7', 'h3', [alice, -200n], [shop, 200n]), final: false } as LedgerCommand)
        expect(await store.post(release('r', 'h3'))).toMatchObject({ value: { hold: { state: 'released', captured: 200n } } })
        expect(await store.account(alice)).toMatchObject({ posted: 6_600n, held: 0n })
      }))

    test('a hold expires by time, not before it, and only once', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 3_000n))
        const expire = (id: string, at: number): LedgerCommand => ({ id, at, type: 'expire', hold: 'h' })
        expect(codeOf(await store.post(expire('e1', 99)))).toBe('hold_not_expired')
        expect(await store.post(expire('e2', 100))).toMatchObject({ value: { hold: { state: 'expired' } } })
        expect(await store.account(alice)).toMatchObject({ posted: 10_000n, held: 0n })
        expect(codeOf(await store.post(expire('e3', 101)))).toBe('hold_resolved')
      }))

    test('a posting is taken back whole and once; what takes it back is not taken back', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(post('p', [alice, -300n], [shop, 290n], [fees, 10n]))
        const reverse = (id: string, posting: string): LedgerCommand => ({
          id,
          at: 50,
          type: 'reverse',
          posting,
          subject: 's',
          effectiveAt: 50,
        })
        expect(codeOf(await store.post(reverse('r0', 'nothing')))).toBe('posting_unknown')
        expect(codeOf(await store.post(reverse('r0b', `open ${alice}`)))).toBe('posting_unknown')
        const answer = await store.post(reverse('r1', 'p'))
        expect(answer).toMatchObject({ value: { posting: { kind: 'reversal', reverses: 'p' } } })
        expect(answer.ok && answer.value.posting?.legs.map(({ account, minor }) => [account, minor])).toEqual([
          [alice, 300n],
          [shop, -290n],
          [fees, -10n],
        ])
        expect((await store.account(alice))?.posted).toBe(10_000n)
        expect(codeOf(await store.post(reverse('r2', 'p')))).toBe('posting_reversed')
        expect(codeOf(await store.post(reverse('r3', 'r1')))).toBe('posting_reversed')
        expect(await store.post(reverse('r1', 'p'))).toEqual(answer)
        await store.post(post('spent', [alice, -9_999n], [shop, 9_999n]))
        expect(codeOf(await store.post(reverse('r4', 'salary')))).toBe('insufficient_funds')
      }))

    test('a transfer moves money between two accounts of one currency', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(open(aliceWei))
        const transfer = (id: string, from: AccountId, to: AccountId, minor: bigint): LedgerCommand => ({
          ...{ id, at: 10, type: 'transfer', subject: 's', effectiveAt: 10, from, to, minor },
        })
        expect(await store.post(transfer('t', alice, shop, 400n))).toMatchObject({ value: { posting: { kind: 'transfer' } } })
        expect((await store.account(shop))?.posted).toBe(400n)
        expect(codeOf(await store.post(transfer('t1', alice, shop, -1n)))).toBe('amount_invalid')
        expect(codeOf(await store.post(transfer('t2', alice, alice, 1n)))).toBe('command_invalid')
        expect(codeOf(await store.post(transfer('t3', alice, aliceWei, 1n)))).toBe('legs_unbalanced')
        expect(codeOf(await store.post(transfer('t4', alice, shop, 9_601n)))).toBe('insufficient_funds')
      }))

    test('an exchange links two currencies over the desk and shows its rounding as a leg', context =>
      withBook(context, async store => {
        await rich(store)
        const [fxEur, fxKwd, rounding] = ['fx:desk:EUR', 'fx:desk:KWD', 'rounding:desk:KWD'] as const
        for (const account of [aliceFils, fxEur, fxKwd, rounding]) await store.post(open(account))
        const exchange = (id: string, minor: bigint, numerator: bigint, denominator = 10_000n): LedgerCommand => ({
          ...{ id, at: 10, type: 'exchange', subject: 's', effectiveAt: 10, from: alice, to: aliceFils, minor, desk: 'desk' },
          rate: { numerator, denominator },
        })
        const legsOf = (answer: Outcome<LedgerAnswer>) =>
          answer.ok && answer.value.posting?.legs.map(({ account, minor }) => [account, minor])
        // 1.00 EUR at 0.33145 KWD: 33.145 fils a cent, 3 314.5 thousandths in all: half-even to 3 314.
        expect(legsOf(await store.post(exchange('x1', 100n, 331_450n)))).toEqual([
          [alice, -100n],
          [fxEur, 100n],
          [fxKwd, -3_315n],
          [aliceFils, 3_314n],
          [rounding, 1n],
        ])
        expect(legsOf(await store.post(exchange('x2', 100n, 330_000n)))).toEqual([
          [alice, -100n],
          [fxEur, 100n],
          [fxKwd, -3_300n],
          [aliceFils, 3_300n],
        ])
        expect(codeOf(await store.post(exchange('x3', 1n, 1n)))).toBe('amount_invalid')
        expect(codeOf(await store.post(exchange('x4', 100n, 0n)))).toBe('command_invalid')
        expect(codeOf(await store.post({ ...exchange('x5', 100n, 1n, 1n), to: shop } as LedgerCommand))).toBe('command_invalid')
      }))

    test('an account is frozen, closed and reopened by recorded acts', context =>
      withBook(context, async store => {
        await rich(store)
        await store.post(hold('h', alice, 100n))
        const act = (id: string, type: 'freeze' | 'close' | 'reopen', account: AccountId = alice): LedgerCommand => ({
          id,
          at: 50,
          type,
          account,
        })
        expect(codeOf(await store.post(act('a1', 'close')))).toBe('account_not_empty')
        const frozen = await store.post(act('a2', 'freeze'))
        expect(frozen).toMatchObject({ value: { accounts: [{ id: alice, status: 'frozen', posted: 10_000n, held: 100n }] } })
        expect(codeOf(await store.post(post('p1', [alice, -1n], [shop, 1n])))).toBe('account_frozen')
        expect(codeOf(await store.post(hold('h2', alice, 1n)))).toBe('account_frozen')
        expect(codeOf(await store.post(capture('c', 'h', [alice, -1n], [shop, 1n])))).toBe('account_frozen')
        expect(codeOf(await store.post(post('p2', [alice, 1n], [bank, -1n])))).toBe('done')
        expect(codeOf(await store.post(release('r', 'h')))).toBe('done')
        const taken = await store.post({ id: 'undo', at: 60, type: 'reverse', posting: 'salary', subject: 's', effectiveAt: 60 })
        expect(taken).toMatchObject({ value: { accounts: [{ id: alice, status: 'frozen', posted: 1n }, { id: bank }] } })
        expect(await store.post({ id: 'undo', at: 60, type: 'reverse', posting: 'salary', subject: 's', effectiveAt: 60 })).toEqual(taken)
        expect(codeOf(await store.post(act('a3', 'reopen')))).toBe('done')
        await store.post(post('p3', [alice, -1n], [bank, 1n]))
        expect(codeOf(await store.post(act('a4', 'close')))).toBe('done')
        expect(codeOf(await store.post(act('a5', 'freeze')))).toBe('account_closed')
        expect(codeOf(await store.post(post('p4', [alice, 1n], [bank, -1n])))).toBe('account_closed')
        expect(codeOf(await store.post(act('a6', 'freeze', 'holder:bob:EUR')))).toBe('account_unknown')
        expect(await store.post(act('a2', 'freeze'))).toEqual(frozen)
        expect(codeOf(await store.post(act('a7', 'reopen')))).toBe('done')
        expect((await store.account(alice))?.status).toBe('open')
      }))

    test('what no command may be is declined: a huge id leaves no trace, other faults keep their answer', context =>
      withBook(context, async store => {
        await rich(store)
        for (const id of ['', 'x'.repeat(201)]) {
          expect(codeOf(await store.post(post(id, [alice, -1n], [shop, 1n])))).toBe('command_invalid')
          expect(await store.posting(id)).toBeUndefined()
        }
        const bad = post('bad', [alice, -1n], [shop, 1n])
        const wrong: LedgerCommand[] = [
          { ...bad, id: 'b1', subject: '' } as LedgerCommand,
          { ...bad, id: 'b2', effectiveAt: -1 } as LedgerCommand,
          { ...bad, id: 'b3', at: 1.5 } as LedgerCommand,
          { ...hold('b4', alice, 1n), expiresAt: Number.MAX_VALUE } as LedgerCommand,
          post('b5', [alice, -2n], [shop, 1n], [shop, 1n]),
          post('b6', ...Array.from({ length: 101 }, (_, n): [AccountId, bigint] => [`holder:h${n}:EUR`, n < 100 ? 1n : -100n])),
        ]
        for (const command of wrong) expect(codeOf(await store.post(command))).toBe('command_invalid')
        expect(codeOf(await store.post({ ...bad, id: 'b1' }))).toBe('id_reused')
        expect((await store.account(alice))?.posted).toBe(10_000n)
      }))

    test('amounts are exact from thousandths of a dinar to one wei, and refused beyond the largest', context =>
      withBook(context, async store => {
        for (const account of [aliceWei, chain, aliceFils, gulf]) await store.post(open(account))
        await store.post(post('wei', [aliceWei, maxMinor - 1n], [chain, 1n - maxMinor]))
        await store.post(post('one', [aliceWei, 1n], [chain, -1n]))
        await store.post(post('fils', [aliceFils, 12_405n], [gulf, -12_405n]))
        expect((await store.account(aliceWei))?.posted).toBe(maxMinor)
        expect((await store.account(chain))?.posted).toBe(-maxMinor)
        expect((await store.account(aliceFils))?.posted).toBe(12_405n)
        expect(codeOf(await store.post(post('over', [aliceWei, 1n], [chain, -1n])))).toBe('amount_invalid')
        await store.post(post('back', [aliceWei, -999_999_999_999_999_999n], [chain, 999_999_999_999_999_999n]))
        expect((await store.account(aliceWei))?.posted).toBe(maxMinor - 999_999_999_999_999_999n)
      }))
  })
}
