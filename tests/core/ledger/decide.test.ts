import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AccountId, chart } from '#core/ledger/account.ts'
import { accountId, mayGoBelowZero, parseAccountId } from '#core/ledger/accountId.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import { type Book, violations } from '#core/ledger/invariants.ts'

const alice: AccountId = 'holder:alice:EUR'
const bank: AccountId = 'rail:bank:EUR'
const nobody = { account: () => undefined, hold: () => undefined }

test('deciding changes nothing that it was given', () => {
  const account = Object.freeze({ id: alice, posted: 0n, held: 0n, version: 0 })
  const rail = Object.freeze({ id: bank, posted: 0n, held: 0n, version: 0 })
  const command: LedgerCommand = {
    id: 'p',
    at: 1,
    type: 'post',
    kind: 'top_up',
    subject: 's',
    effectiveAt: 1,
    legs: [
      { account: alice, minor: 5n },
      { account: alice, minor: 7n },
      { account: bank, minor: -12n },
    ],
  }
  const answer = decide({ account: id => (id === alice ? account : rail), hold: () => undefined }, command)
  expect(answer).toMatchObject({
    ok: true,
    value: {
      posting: {
        legs: [
          { after: 5n, version: 1 },
          { after: 12n, version: 2 },
          { after: -12n, version: 1 },
        ],
      },
    },
  })
})

test('a hold of nothing, or of less, is no hold', () => {
  const state = { id: alice, posted: 100n, held: 0n, version: 1 }
  for (const minor of [0n, -1n])
    expect(
      decide(
        { account: () => state, hold: () => undefined },
        { id: 'h', at: 1, type: 'hold', account: alice, minor, subject: 's', expiresAt: 2 },
      ),
    ).toMatchObject({ ok: false, decline: { code: 'amount_invalid' } })
  expect(decide(nobody, { id: 'r', at: 1, type: 'release', hold: 'h' })).toMatchObject({ decline: { code: 'hold_unknown' } })
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
  const leg = (account: AccountId, minor: bigint, after: bigint, version: number) => ({ account, minor, after, version })
  const posting = (...legs: ReturnType<typeof leg>[]) =>
    ({ id: 'p', kind: 'top_up', subject: 's', effectiveAt: 1, recordedAt: 1, legs }) as const
  const sound: Book = {
    accounts: [
      { id: alice, posted: 5n, held: 2n, version: 1 },
      { id: bank, posted: -5n, held: 0n, version: 1 },
    ],
    postings: [posting(leg(alice, 5n, 5n, 1), leg(bank, -5n, -5n, 1))],
    holds: [{ id: 'h', account: alice, minor: 2n, subject: 's', expiresAt: 9, state: 'open' }],
  }
  expect(violations(sound)).toEqual([])
  expect(violations({ ...sound, holds: [] })).toEqual([`${alice} holds other than its open holds`])
  expect(violations({ ...sound, postings: [posting(leg(alice, 5n, 5n, 1), leg(bank, -4n, -4n, 1))] })).toContain(
    'posting p does not sum to zero',
  )
  expect(violations({ ...sound, postings: [posting(leg(alice, 5n, 5n, 2), leg(bank, -5n, -5n, 1))] })).toContain(
    `${alice} has a gap before version 2`,
  )
  expect(violations({ ...sound, postings: [posting(leg(alice, 5n, 6n, 1), leg(bank, -5n, -5n, 1))] })).toContain(
    `${alice} does not add up at version 1`,
  )
  expect(violations({ ...sound, accounts: [{ id: alice, posted: 1n, held: 2n, version: 1 }] })).toContain(`${alice} is below zero`)
})
