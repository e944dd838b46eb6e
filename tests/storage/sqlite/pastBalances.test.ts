import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import { feedMaker } from './walletSupport.ts'

type Step = { readonly currency: CurrencyCode; readonly minor: bigint; readonly after: number }

const steps = fc.array(
  fc.record({ currency: fc.constantFrom<CurrencyCode[]>('EUR', 'KWD', 'JPY'), minor: fc.bigInt(1n, 10n ** 20n), after: fc.nat(3) }),
  { maxLength: 40 },
)

/** Adds up what came before, one after another. */
function addedUp(all: readonly (Step & { readonly at: number })[], until: number) {
  const sums = new Map<CurrencyCode, bigint>()
  for (const { currency, minor, at } of all) if (at < until) sums.set(currency, (sums.get(currency) ?? 0n) + minor)
  return sums
}

test('what was held at an instant is what all movements before it come to', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(60), { maxLength: 8 }), (made, asked) => {
      const db = openDatabase({ path: ':memory:', key: null, migrations: walletMigrations, application: 'wallet' })
      const book = createWalletBook(db)
      const feed = feedMaker()
      let at = 1
      const all = made.map(step => {
        at += step.after
        return { ...step, at }
      })
      book.applyFeed({ after: 0, until: 1, changes: all.flatMap(step => feed.move(step.currency, step.minor, step.at)) })
      const instants = asked.toSorted((a, b) => b - a)
      const past = book.pastBalances(instants).map(held => new Map(held.map(({ currency, minor }) => [currency, minor])))
      expect(past).toEqual(instants.map(until => addedUp(all, until)))
      db.close()
    }),
  )
})
