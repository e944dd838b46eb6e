import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountName } from '#core/book/accountName.ts'
import { type AccountKind, chart } from '#core/ledger/account.ts'
import { accountId } from '#core/ledger/accountId.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'

const kinds = Object.keys(chart) as AccountKind[]

test.each(kinds)('every kind of the chart has its place: %s', kind => {
  const { name, currency } = accountName(accountId({ kind, owner: 'one', currency: 'KWD' }))
  expect(name).toMatch(/^(Assets|Liabilities|Income|Equity):[A-Z][a-z-]+:X-one:KWD$/)
  expect(currency).toBe('KWD')
})

/** Beancount's own rule for a part of a name, which hledger and Ledger take too. */
const part = /^[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*$/u

test('any owner gives a name that the peers can read, and no two accounts have the same', () => {
  const owner = fc.oneof(
    fc.uuid(),
    fc.string({ minLength: 1, maxLength: 12 }).filter(text => !text.includes(':')),
    fc.constantFrom('a_b', 'a-x005fb', 'X-a', 'a', 'x', '银行', '-x', '  '),
  )
  const account = fc.record({ kind: fc.constantFrom(...kinds), owner, currency: fc.constantFrom(...currencyCodes) })
  fc.assert(
    fc.property(account, account, (one, other) => {
      const [a, b] = [accountName(accountId(one)), accountName(accountId(other))]
      expect(a.name.split(':').every(text => part.test(text))).toBe(true)
      expect(a.name === b.name).toBe(accountId(one) === accountId(other))
    }),
    { numRuns: 2_000 },
  )
})
