import { describe, expect, type TestContext, test } from 'vitest'
import type { DeclineCode } from '#core/failure/declines.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import { maxMinor } from '#core/money/amount.ts'
import { digest } from '#storage/digest.ts'
import { alice, aliceWei, bank, capture, chain, codeOf, fees, hold, open, post, release, shop, stores } from './ledgerStores.ts'

const bob: AccountId = 'holder:bob:EUR'
const everyone = [alice, bob, shop, fees, bank, aliceWei, chain]

const transfer = (from: AccountId, to: AccountId, minor: bigint): LedgerCommand => ({
  ...{ id: '', at: 10, type: 'transfer', subject: 's', effectiveAt: 9 },
  ...{ from, to, minor },
})
const exchange = (minor: bigint, numerator: bigint, denominator: bigint, to: AccountId = aliceWei): LedgerCommand => ({
  ...{ id: '', at: 10, type: 'exchange', subject: 's', effectiveAt: 9, from: alice, to, desk: 'desk' },
  ...{ minor, rate: { numerator, denominator } },
})
const named = (name: string): LedgerCommand => ({ ...post('', [alice, -1n], [shop, 1n]), id: name })
const about = (subject: string): LedgerCommand => ({ ...post('', [alice, -1n], [shop, 1n]), subject }) as LedgerCommand
const dated = (dates: Partial<Record<'at' | 'effectiveAt' | 'expiresAt', number>>): LedgerCommand =>
  ({ ...('expiresAt' in dates ? hold('', alice, 1n) : post('', [alice, -1n], [shop, 1n])), ...dates }) as LedgerCommand

const beyond = [maxMinor + 1n, 10n ** 39n, 2n ** 256n]
/** Wishes of one who means harm, and how each is refused. Ids are given where they have none. */
const wishes: readonly (readonly [what: string, command: LedgerCommand, code: DeclineCode])[] = [
  ['legs that do not sum to zero', post('', [alice, -100n], [shop, 101n]), 'legs_unbalanced'],
  ['one leg', post('', [bank, -100n]), 'legs_unbalanced'],
  ['no leg', post(''), 'legs_unbalanced'],
  ['legs in two currencies', post('', [alice, -100n], [aliceWei, 100n]), 'legs_unbalanced'],
  ['legs that sum to zero over two currencies alone', post('', [alice, -1n], [shop, 2n], [aliceWei, -1n]), 'legs_unbalanced'],
  ['a leg twice', post('', [alice, -2n], [shop, 1n], [shop, 1n]), 'command_invalid'],
  ['an account against itself', post('', [alice, -1n], [alice, 1n]), 'command_invalid'],
  ['a transfer to itself', transfer(alice, alice, 1n), 'command_invalid'],
  ['a transfer of nothing', transfer(alice, bob, 0n), 'amount_invalid'],
  ['a transfer below zero, which would take from another', transfer(alice, bob, -100n), 'amount_invalid'],
  ['a transfer into another currency', transfer(alice, aliceWei, 1n), 'legs_unbalanced'],
  ['a transfer from the account of nobody', transfer('holder:nobody:EUR', alice, 1n), 'account_unknown'],
  ['a hold of nothing', hold('', alice, 0n), 'amount_invalid'],
  ['a hold below zero, which would free what another holds', hold('', alice, -1n), 'amount_invalid'],
  ['a hold that is over before it begins', dated({ expiresAt: 20 }), 'hold_expired'],
  ['an exchange of nothing', exchange(0n, 1n, 1n), 'amount_invalid'],
  ['an exchange below zero', exchange(-1n, 1n, 1n), 'amount_invalid'],
  ['an exchange at no rate', exchange(1n, 1n, 0n), 'command_invalid'],
  ['an exchange at a rate below zero', exchange(1n, -1n, 1n), 'command_invalid'],
  ['an exchange within one currency', exchange(1n, 1n, 1n, bob), 'command_invalid'],
  ['an exchange that gives nothing', exchange(1n, 1n, 10n ** 30n), 'amount_invalid'],
  ...beyond.flatMap((minor): readonly (readonly [string, LedgerCommand, DeclineCode])[] => [
    [`a posting of ${minor}`, post('', [bank, -minor], [alice, minor]), 'amount_invalid'],
    [`a hold of ${minor}`, hold('', alice, minor), 'amount_invalid'],
    [`a transfer of ${minor}`, transfer(bank, alice, minor), 'amount_invalid'],
    [`an exchange of ${minor}`, exchange(minor, 1n, 1n), 'amount_invalid'],
  ]),
  ['a posting that would bring a balance beyond the largest', post('', [bank, -maxMinor], [alice, maxMinor]), 'amount_invalid'],
  ['a capture above what is held', capture('', 'open hold', [alice, -501n], [shop, 501n]), 'capture_above_hold'],
  ['a capture that gives to the payer', capture('', 'open hold', [alice, 1n], [shop, -1n]), 'amount_invalid'],
  ['a capture of the money of another', capture('', 'open hold', [bob, -1n], [shop, 1n]), 'amount_invalid'],
  ['a capture into another currency', capture('', 'open hold', [alice, -1n], [chain, 1n]), 'legs_unbalanced'],
  ['a capture after its time', { ...capture('', 'open hold', [alice, -1n], [shop, 1n]), at: 100 }, 'hold_expired'],
  ['a capture after the release', capture('', 'released hold', [alice, -1n], [shop, 1n]), 'hold_resolved'],
  ['a second release', release('', 'released hold'), 'hold_resolved'],
  ['an expiry before its time', { id: '', at: 50, type: 'expire', hold: 'open hold' }, 'hold_not_expired'],
  ['a capture of what nobody holds', capture('', 'no hold', [alice, -1n], [shop, 1n]), 'hold_unknown'],
  [
    'a reversal of what never was',
    { id: '', at: 50, type: 'reverse', posting: 'nothing', subject: 's', effectiveAt: 9 },
    'posting_unknown',
  ],
  ['an id of a million letters', named('x'.repeat(1_000_000)), 'command_invalid'],
  ['an id with half a character', named('\ud800'), 'command_invalid'],
  ['an id with a NUL, which is another one to some', named('a\0b'), 'command_invalid'],
  ['a subject without end', about('x'.repeat(100_000)), 'command_invalid'],
  ['a subject with half a character', about('\udc00'), 'command_invalid'],
  ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53].flatMap((at): readonly (readonly [string, LedgerCommand, DeclineCode])[] => [
    [`a time of ${at}`, dated({ at }), 'command_invalid'],
    [`an effective time of ${at}`, dated({ effectiveAt: at }), 'command_invalid'],
    [`an end at ${at}`, dated({ expiresAt: at }), 'command_invalid'],
  ]),
  [
    'legs without end',
    post('', ...Array.from({ length: 10_000 }, (_, n): [AccountId, bigint] => [`holder:h${n}:EUR`, n % 2 === 0 ? 1n : -1n])),
    'command_invalid',
  ],
]

for (const [name, openStore] of Object.entries(stores))
  describe(`hostile commands to a ledger in ${name}`, () => {
    const prepared = async (context: TestContext) => {
      const kept = await openStore(context)
      const { store } = kept
      for (const account of everyone) await store.post(open(account))
      await store.post(post('salary', [alice, 10_000n], [bob, 10_000n], [bank, -20_000n]))
      await store.post(hold('open hold', alice, 500n))
      await store.post(hold('released hold', alice, 500n))
      await store.post(release('release', 'released hold'))
      return kept
    }

    test('each is refused for what it is, and changes nothing', { timeout: 60_000 }, async context => {
      const { store, book, close } = await prepared(context)
      const { accounts, postings, holds } = await book()
      const told: [string, string][] = []
      for (const [n, [what, command]] of wishes.entries())
        told.push([what, codeOf(await store.post({ ...command, id: command.id || `hostile ${n}` }))])
      expect(told).toEqual(wishes.map(([what, , code]) => [what, code]))
      expect(await book()).toEqual({ accounts, postings, holds })
      expect(violations(await book(), digest)).toEqual([])
      close()
    })
  })
