import { expect, test } from 'vitest'
import type { Outcome } from '#core/failure/outcome.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { Digest } from '#core/ledger/chain.ts'
import type { LedgerAnswer, LedgerCommand } from '#core/ledger/command.ts'
import { violations } from '#core/ledger/invariants.ts'
import { createMemoryLedger } from '#core/ledger/memory.ts'

const alice: AccountId = 'holder:alice:EUR'
const shop: AccountId = 'merchant:shop:EUR'
const bank: AccountId = 'rail:bank:EUR'

/** FNV-1a: here links need to differ where texts differ in these small books, and be made two million times. */
const quickDigest: Digest = text => {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  return String(hash >>> 0)
}

const transfer = (id: string, minor: bigint): LedgerCommand => ({
  ...{ id, at: 10, type: 'transfer', subject: id, effectiveAt: 10 },
  from: alice,
  to: shop,
  minor,
})
const hold = (id: string, minor: bigint): LedgerCommand => ({ id, at: 10, type: 'hold', account: alice, minor, subject: id, expiresAt: 99 })
const capture = (id: string, of: string, minor: bigint): LedgerCommand => ({
  ...{ id, at: 10, type: 'capture', hold: of, kind: 'payment', subject: id, final: false },
  legs: [
    { account: alice, minor: -minor },
    { account: shop, minor },
  ],
})
const reverse = (id: string, posting: string): LedgerCommand => ({ id, at: 10, type: 'reverse', posting, subject: id, effectiveAt: 10 })

/** Two wallets of one account of 1.00, whose wishes together are more than it has. */
const wallets: readonly (readonly LedgerCommand[])[] = [
  [hold('a1', 60n), capture('a2', 'a1', 40n), { id: 'a3', at: 10, type: 'release', hold: 'a1' }],
  [transfer('b1', 50n), reverse('b2', 'b1'), capture('b3', 'a1', 30n)],
]

function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield []
  for (const [index, item] of items.entries()) for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest]
}

/** Every way in which a wallet's messages can arrive: in any order, one of them twice or none, and each of them lost for ever or not. */
function arrivals(commands: readonly LedgerCommand[]): readonly (readonly LedgerCommand[])[] {
  const seen = new Map<string, readonly LedgerCommand[]>()
  for (let kept = 0; kept < 1 << commands.length; kept += 1) {
    const arrived = commands.filter((_, n) => kept & (1 << n))
    for (const doubled of [undefined, ...arrived])
      for (const order of orders(doubled ? [...arrived, doubled] : arrived)) seen.set(order.map(({ id }) => id).join(), order)
  }
  return [...seen.values()]
}

function* interleavings<T>(a: readonly T[], b: readonly T[]): Generator<readonly T[]> {
  if (a.length === 0 || b.length === 0) yield [...a, ...b]
  else {
    const [firstA, ...restA] = a as [T, ...T[]]
    const [firstB, ...restB] = b as [T, ...T[]]
    for (const rest of interleavings(restA, b)) yield [firstA, ...rest]
    for (const rest of interleavings(a, restB)) yield [firstB, ...rest]
  }
}

const opening: readonly LedgerCommand[] = [
  ...[alice, shop, bank].map((account): LedgerCommand => ({ id: `open ${account}`, at: 1, type: 'open', account })),
  {
    ...{ id: 'salary', at: 1, type: 'post', kind: 'top_up', subject: 's', effectiveAt: 1 },
    legs: [
      { account: alice, minor: 100n },
      { account: bank, minor: -100n },
    ],
  },
]

/** What went to the shop by those answers that were given, each once. */
const told = (answers: ReadonlyMap<string, Outcome<LedgerAnswer>>): bigint =>
  [...answers.values()].reduce((sum, answer) => {
    const legs = answer.ok ? (answer.value.posting?.legs ?? []) : []
    return sum + legs.reduce((of, { account, minor }) => (account === shop ? of + minor : of), 0n)
  }, 0n)

test('two wallets with three commands each, in every order, with every loss and every message twice: the book is sound and answers stay', async () => {
  let runs = 0
  const [of = [], others = []] = wallets.map(arrivals)
  const wrong: string[] = []
  const outcomes = new Set<string>()
  for (const a of of)
    for (const b of others)
      for (const deliveries of interleavings(a, b)) {
        const ledger = createMemoryLedger(quickDigest)
        const answers = new Map<string, Outcome<LedgerAnswer>>()
        for (const command of [...opening, ...deliveries]) {
          const answer = ledger.postNow(command)
          const first = answers.get(command.id)
          if (first && first !== answer) wrong.push(`${command.id} was answered twice otherwise`)
          answers.set(command.id, answer)
        }
        const book = ledger.book()
        wrong.push(...violations(book, quickDigest))
        const paid = book.accounts.find(({ id }) => id === shop)?.posted
        if (paid !== told(answers)) wrong.push('the shop has other money than the answers say')
        if (wrong.length > 0) throw new Error(`${deliveries.map(({ id }) => id).join(' ')}: ${wrong.join('; ')}`)
        outcomes.add([...answers].map(([id, answer]) => `${id} ${answer.ok ? 'done' : answer.decline.code}`).join())
        runs += 1
      }
  expect(runs).toBeGreaterThan(100_000)
  expect(outcomes.size).toBeGreaterThan(50)
})
