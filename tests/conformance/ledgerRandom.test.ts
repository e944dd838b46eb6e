import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import { createMemoryLedger } from '#core/ledger/memory.ts'
import { maxMinor } from '#core/money/amount.ts'
import { digest } from '#storage/digest.ts'
import { alice, aliceWei, bank, capture, chain, fees, hold, open, openSqliteLedger, post, release, shop, stores } from './ledgerStores.ts'

const openedAccounts: readonly AccountId[] = [alice, shop, fees, bank, aliceWei, chain, 'fx:desk:EUR', 'fx:desk:ETH', 'rounding:desk:ETH']
const accountArb = fc.constantFrom<AccountId>(alice, shop, fees, bank, aliceWei, chain, 'holder:nobody:EUR')
const minorArb = fc.oneof(
  fc.bigInt({ min: 1n, max: 50n }),
  fc.bigInt({ min: 1n, max: 10n ** 19n }),
  fc.constantFrom(0n, maxMinor, maxMinor + 1n, 10n ** 9n, 10n ** 9n - 1n),
)
const legsArb = fc.oneof(
  fc.tuple(accountArb, accountArb, minorArb).map(([from, to, minor]): [AccountId, bigint][] => [
    [from, -minor],
    [to, minor],
  ]),
  fc.tuple(accountArb, accountArb, accountArb, minorArb, minorArb).map(([from, to, fee, minor, cut]): [AccountId, bigint][] => [
    [from, -minor - cut],
    [to, minor],
    [fee, cut],
  ]),
)
const idArb = fc.integer({ min: 0, max: 30 }).map(n => `c${n}`)
const commandArb: fc.Arbitrary<LedgerCommand> = fc.oneof(
  fc.tuple(idArb, legsArb).map(([id, legs]) => post(id, ...legs)),
  fc.tuple(fc.uuid(), minorArb).map(([id, minor]) => post(id, [alice, minor], [bank, -minor])),
  fc.tuple(idArb, accountArb, minorArb).map(([id, account, minor]) => hold(id, account, minor)),
  fc.tuple(fc.uuid(), idArb, legsArb).map(([id, of, legs]) => capture(id, of, ...legs)),
  fc.tuple(idArb, idArb).map(([id, of]) => release(id, of)),
  fc.tuple(fc.uuid(), idArb, legsArb).map(([id, of, legs]) => ({ ...capture(id, of, ...legs), final: false }) as LedgerCommand),
  fc.tuple(fc.uuid(), idArb, fc.constantFrom(50, 100)).map(([id, of, at]): LedgerCommand => ({ id, at, type: 'expire', hold: of })),
  fc
    .tuple(fc.uuid(), idArb)
    .map(([id, posting]): LedgerCommand => ({ id, at: 60, type: 'reverse', posting, subject: 's', effectiveAt: 60 })),
  fc
    .tuple(fc.uuid(), accountArb, fc.constantFrom('freeze', 'close', 'reopen', 'reopen'))
    .map(([id, account, type]): LedgerCommand => ({ id, at: 60, type, account })),
  fc
    .tuple(idArb, accountArb, accountArb, minorArb)
    .map(([id, from, to, minor]): LedgerCommand => ({ ...{ id, at: 9, type: 'transfer', subject: 's', effectiveAt: 9 }, from, to, minor })),
  fc.tuple(idArb, minorArb, fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n })).map(
    ([id, minor, numerator, denominator]): LedgerCommand => ({
      ...{ id, at: 9, type: 'exchange', subject: 's', effectiveAt: 9, from: alice, to: aliceWei, minor, desk: 'desk' },
      rate: { numerator, denominator },
    }),
  ),
)

test('any sequence of commands gets the same answers and leaves the same sound book in every store', async context => {
  await fc.assert(
    fc.asyncProperty(fc.array(commandArb, { minLength: 1, maxLength: 40 }), async commands => {
      const kept = await Promise.all(Object.values(stores).map(openStore => openStore(context)))
      const opened = openedAccounts.map(open)
      for (const command of [...opened, ...commands]) {
        const [first, ...others] = await Promise.all(kept.map(({ store }) => store.post(command)))
        for (const other of others) expect(other).toEqual(first)
      }
      const [oracle, ...books] = await Promise.all(kept.map(({ book }) => book()))
      expect(oracle && violations(oracle, digest)).toEqual([])
      for (const book of books) {
        expect(violations(book, digest)).toEqual([])
        expect(book.accounts).toEqual(oracle?.accounts)
        expect(book.postings).toEqual(oracle?.postings)
        expect(book.holds).toEqual(oracle?.holds)
      }
      for (const { close } of kept) close()
    }),
    { numRuns: 60 },
  )
})

test('commands that share a commit get the answers that they would get one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(commandArb, { maxLength: 12 }), { minLength: 1, maxLength: 5 }), async batches => {
      const oracle = createMemoryLedger(digest)
      const { ledger, close } = openSqliteLedger()
      for (const batch of [openedAccounts.map(open), ...batches]) {
        const expected = []
        for (const command of batch) expected.push(await oracle.post(command))
        expect(ledger.postAll(batch)).toEqual(expected)
        for (const command of batch) expect(await ledger.post(command)).toEqual(await oracle.post(command))
      }
      for (const { id } of oracle.book().accounts) expect(await ledger.account(id)).toEqual(await oracle.account(id))
      close()
    }),
    { numRuns: 40 },
  )
})
