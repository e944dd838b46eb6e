import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { type Book, violations } from '#core/ledger/invariants.ts'
import { createMemoryLedger } from '#core/ledger/memory.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import { maxMinor } from '#core/money/amount.ts'
import { digest } from '#storage/digest.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createLedgerStore } from '#storage/sqlite/ledger.ts'
import { ledgerJournal } from '#storage/sqlite/ledgerJournal.ts'
import { ledgerRows } from '#storage/sqlite/ledgerRows.ts'
import { ledgerMigrations } from '#storage/sqlite/migrations/ledger/index.ts'

type Kept = { readonly store: LedgerStore; book(): Promise<Book>; close(): void }

const folder = mkdtempSync(join(tmpdir(), 'okpay-ledger-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

function openSqliteLedger() {
  files += 1
  const db = openDatabase({
    path: join(folder, `${files}.db`),
    key: new Uint8Array(32).fill(files),
    migrations: ledgerMigrations,
    application: 'wallet',
  })
  return { db, ledger: createLedgerStore(db), close: db.close }
}

function openSqlite(): Kept {
  const { db, ledger: store, close } = openSqliteLedger()
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  const book = async (): Promise<Book> => ({
    accounts: rows.accountsAfter(0, 1000).map(({ state }) => state),
    postings: journal.postingsAfter(0, 1000).map(({ posting }) => posting),
    holds: db
      .prepare<{ id: string }>('SELECT id FROM ledger_hold ORDER BY n')
      .all()
      .flatMap(({ id }) => rows.hold(id)?.state ?? []),
  })
  return { store, book, close }
}

function openMemory(): Kept {
  const store = createMemoryLedger(digest)
  return { store, book: async () => store.book(), close: () => undefined }
}

/** Every store that keeps the port's promise. */
const stores = { memory: openMemory, sqlite: openSqlite } as const satisfies Record<string, () => Kept>

const alice: AccountId = 'holder:alice:EUR'
const shop: AccountId = 'merchant:shop:EUR'
const fees: AccountId = 'fee:okpay:EUR'
const bank: AccountId = 'rail:bank:EUR'
const aliceWei: AccountId = 'holder:alice:ETH'
const chain: AccountId = 'rail:chain:ETH'
const aliceFils: AccountId = 'holder:alice:KWD'
const gulf: AccountId = 'rail:bank:KWD'

const open = (account: AccountId): LedgerCommand => ({ id: `open ${account}`, at: 1, type: 'open', account })
const post = (id: string, ...legs: [AccountId, bigint][]): LedgerCommand => ({
  id,
  at: 10,
  type: 'post',
  kind: 'top_up',
  subject: `of ${id}`,
  effectiveAt: 9,
  legs: legs.map(([account, minor]) => ({ account, minor })),
})
const hold = (id: string, account: AccountId, minor: bigint): LedgerCommand => ({
  id,
  at: 20,
  type: 'hold',
  account,
  minor,
  subject: 'order',
  expiresAt: 100,
})
const capture = (id: string, of: string, ...legs: [AccountId, bigint][]): LedgerCommand => ({
  id,
  at: 30,
  type: 'capture',
  hold: of,
  kind: 'payment',
  subject: 'order',
  legs: legs.map(([account, minor]) => ({ account, minor })),
  final: true,
})
const release = (id: string, of: string): LedgerCommand => ({ id, at: 40, type: 'release', hold: of })

const codeOf = (answer: Outcome<LedgerAnswer>) => (answer.ok ? 'done' : answer.decline.code)

for (const [name, openStore] of Object.entries(stores)) {
  describe(`a ledger in ${name}`, () => {
    const withBook = async (work: (store: LedgerStore) => Promise<void>) => {
      const kept = openStore()
      for (const account of [alice, shop, fees, bank]) await kept.store.post(open(account))
      await work(kept.store)
      expect(violations(await kept.book(), digest)).toEqual([])
      kept.close()
    }
    const rich = async (store: LedgerStore) => {
      await store.post(post('salary', [alice, 10_000n], [bank, -10_000n]))
    }

    test('money moves by balanced legs, each with its balance and version', () =>
      withBook(async store => {
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

    test('what does not sum to zero in each currency is refused', () =>
      withBook(async store => {
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

    test('an account that cannot go below zero says what is missing', () =>
      withBook(async store => {
        await rich(store)
        await store.post(hold('h', alice, 2_000n))
        expect(await store.post(post('p', [alice, -8_001n], [shop, 8_001n]))).toEqual({
          ok: false,
          decline: { code: 'insufficient_funds', detail: { currency: 'EUR', available: '80.00', needed: '80.01', missing: '0.01' } },
        })
        expect(codeOf(await store.post(post('q', [alice, -8_000n], [shop, 8_000n])))).toBe('done')
        expect(codeOf(await store.post(hold('h2', alice, 1n)))).toBe('insufficient_funds')
      }))

    test('an unknown account is refused, and one that is no account is not opened', () =>
      withBook(async store => {
        expect(codeOf(await store.post(post('p', ['holder:bob:EUR', 1n], [bank, -1n])))).toBe('account_unknown')
        for (const id of ['holder::EUR', 'holder:x:XXX', 'pirate:x:EUR', 'holder:x:y:EUR'])
          expect(codeOf(await store.post(open(id as AccountId)))).toBe('account_unknown')
        expect(codeOf(await store.post(hold('h', 'holder:bob:EUR', 1n)))).toBe('account_unknown')
      }))

    test('a capture takes at most what is held, frees the rest, and resolves the hold for ever', () =>
      withBook(async store => {
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

    test('a released hold frees its money; an expired one can be released but not captured', () =>
      withBook(async store => {
        await rich(store)
        await store.post(hold('h', alice, 10_000n))
        expect(codeOf(await store.post({ ...capture('late', 'h', [alice, -1n], [shop, 1n]), at: 100 }))).toBe('hold_expired')
        expect(codeOf(await store.post({ ...release('r', 'h'), at: 200 }))).toBe('done')
        expect(await store.account(alice)).toMatchObject({ id: alice, status: 'open', posted: 10_000n, held: 0n, version: 1 })
        expect(codeOf(await store.post({ ...hold('old', alice, 1n), at: 100 }))).toBe('hold_expired')
      }))

    test('an id keeps its first answer for ever, a decline too, and is refused with another body', () =>
      withBook(async store => {
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

    test('amounts are exact from thousandths of a dinar to one wei, and refused beyond the largest', () =>
      withBook(async store => {
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
)

test('any sequence of commands gets the same answers and leaves the same sound book in every store', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commandArb, { minLength: 1, maxLength: 40 }), async commands => {
      const kept = Object.values(stores).map(openStore => openStore())
      const opened = [alice, shop, fees, bank, aliceWei, chain].map(open)
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
      for (const batch of [[alice, shop, fees, bank, aliceWei, chain].map(open), ...batches]) {
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
