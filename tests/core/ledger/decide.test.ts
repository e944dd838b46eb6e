import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AccountId, type AccountState, chart } from '#core/ledger/account.ts'
import { accountId, mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import { bodyOf } from '#core/ledger/body.ts'
import { chainLink, chainStart } from '#core/ledger/chain.ts'
import type { LedgerCommand, PostedLeg, Posting } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import { type Book, violations } from '#core/ledger/invariants.ts'
import type { LedgerSnapshot } from '#core/ledger/snapshot.ts'
import { digest } from '#storage/digest.ts'

const alice: AccountId = 'holder:alice:EUR'
const bank: AccountId = 'rail:bank:EUR'
const fresh = (id: AccountId, state: Partial<AccountState> = {}): AccountState =>
  Object.freeze({ id, status: 'open', posted: 0n, held: 0n, version: 0, chain: chainStart(digest, id), ...state })
const snapshotOf = (...accounts: readonly AccountState[]): LedgerSnapshot => ({
  digest,
  account: id => accounts.find(account => account.id === id),
  hold: () => undefined,
  posting: () => undefined,
  isReversed: () => false,
})

test('deciding changes nothing that it was given', () => {
  const command: LedgerCommand = {
    id: 'p',
    at: 1,
    type: 'post',
    kind: 'top_up',
    subject: 's',
    effectiveAt: 1,
    legs: [
      { account: alice, minor: 12n },
      { account: bank, minor: -12n },
    ],
  }
  const answer = decide(snapshotOf(fresh(alice), fresh(bank)), command)
  const legs = [
    { account: alice, after: 12n, version: 1 },
    { account: bank, after: -12n, version: 1 },
  ]
  expect(answer).toMatchObject({ ok: true, value: { posting: { legs } } })
})

test('a hold of nothing, or of less, is no hold', () => {
  for (const minor of [0n, -1n])
    expect(
      decide(snapshotOf(fresh(alice, { posted: 100n })), {
        id: 'h',
        at: 1,
        type: 'hold',
        account: alice,
        minor,
        subject: 's',
        expiresAt: 2,
      }),
    ).toMatchObject({ ok: false, decline: { code: 'amount_invalid' } })
  expect(decide(snapshotOf(), { id: 'r', at: 1, type: 'release', hold: 'h' })).toMatchObject({ decline: { code: 'hold_unknown' } })
})

test('an account id names its kind, owner and currency, and nothing else is one', () => {
  for (const kind of Object.keys(chart) as (keyof typeof chart)[]) {
    const id = accountId({ kind, owner: 'x-1', currency: 'KWD' })
    expect(parseAccountId(id)).toEqual({ kind, owner: 'x-1', currency: 'KWD' })
    expect(mayGoBelowZero(id)).toBe(chart[kind].mayGoBelowZero)
  }
  for (const id of ['', 'holder', 'holder:x', 'holder::EUR', 'holder:x:EUR:y', 'toString:x:EUR', 'holder:x:toString'])
    expect(parseAccountId(id)).toBeUndefined()
})

test('the same wish has the same body whenever it is sent; another amount, account or hold has another', () => {
  const hold = (minor: bigint, at: number): LedgerCommand => ({
    id: 'h',
    at,
    type: 'hold',
    account: alice,
    minor,
    subject: 's',
    expiresAt: 9,
  })
  expect(bodyOf(hold(1n, 1))).toBe(bodyOf(hold(1n, 2)))
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(bodyOf(hold(a, 1)) === bodyOf(hold(b, 1))).toBe(a === b)
    }),
  )
})

test('each kind of broken book is named', () => {
  const entry = { id: 'p', kind: 'top_up', subject: 's', effectiveAt: 1, recordedAt: 1, reverses: null } as const
  const leg = (account: AccountId, minor: bigint, after: bigint, version: number): PostedLeg => {
    const one = { account, minor, after, version }
    return { ...one, chain: chainLink(digest, chainStart(digest, account), one, entry) }
  }
  const posting = (...legs: readonly PostedLeg[]): Posting => ({ ...entry, legs })
  const own = leg(alice, 5n, 5n, 1)
  const other = leg(bank, -5n, -5n, 1)
  const sound: Book = {
    accounts: [
      fresh(alice, { posted: 5n, held: 2n, version: 1, chain: own.chain }),
      fresh(bank, { posted: -5n, version: 1, chain: other.chain }),
    ],
    postings: [posting(own, other)],
    holds: [{ id: 'h', account: alice, minor: 3n, captured: 1n, subject: 's', expiresAt: 9, state: 'open' }],
  }
  const wrong = (change: Partial<Book>) => violations({ ...sound, ...change }, digest)
  expect(wrong({})).toEqual([])
  expect(wrong({ holds: [] })).toEqual([`${alice} holds other than its open holds`])
  expect(wrong({ postings: [posting(own, leg(bank, -4n, -4n, 1))] })).toContain('posting p does not sum to zero')
  expect(wrong({ postings: [posting(leg(alice, 5n, 5n, 2), other)] })).toContain(`${alice} has a gap before version 2`)
  expect(wrong({ postings: [posting(leg(alice, 5n, 6n, 1), other)] })).toContain(`${alice} does not add up at version 1`)
  expect(wrong({ accounts: [fresh(alice, { posted: 1n, held: 2n, version: 1 })] })).toContain(`${alice} is below zero`)
  expect(wrong({ postings: [{ ...posting(own, other), subject: 'other' }] })[0]).toBe(`${alice} was changed at version 1 (posting p)`)
  const undone = { ...posting(), id: 'r', kind: 'reversal', reverses: 'p' } as const
  expect(wrong({ postings: [posting(own, other), undone, { ...undone, id: 'r2' }] })).toContain('posting p is reversed twice')
})
