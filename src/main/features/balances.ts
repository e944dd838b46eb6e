import { ok } from '#core/failure/outcome.ts'
import { type Amount, toDecimal } from '#core/money/amount.ts'
import type { BalanceRow, WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import type { Preferences } from '../preferences.ts'
import { dayOf, startOf } from './days.ts'
import type { Rates } from './rates.ts'
import { totalIn } from './total.ts'

export const amountOf = ({ currency, minor }: Amount) => ({ currency, value: toDecimal({ currency, minor }) })

export const balanceOf = ({ currency, postedMinor, heldMinor }: BalanceRow) => ({
  currency,
  posted: amountOf({ currency, minor: postedMinor }),
  held: amountOf({ currency, minor: heldMinor }),
  available: amountOf({ currency, minor: postedMinor - heldMinor }),
})

/** Balances from the wallet's own book, so that they are there without the service. */
/** How many days the trend shows, today among them. */
const trendDays = 30

export const balancesFeature = (parts: {
  readonly store: WalletStore
  readonly clock: Clock
  readonly rates: Rates
  readonly homeCurrency: () => Preferences['homeCurrency']
}): Feature<'balances'> => ({
  async overview() {
    const [rows, { perEuro, ...rates }] = await Promise.all([parts.store.balances(), parts.rates.current()])
    const held = rows.map(({ currency, postedMinor }): Amount => ({ currency, minor: postedMinor }))
    const { amount, excluded } = totalIn(parts.homeCurrency(), held, perEuro)
    return ok({ balances: rows.map(balanceOf), total: { amount: amountOf(amount), rates, excluded: [...excluded] } })
  },
  async trend() {
    const today = dayOf(parts.clock.now())
    const ends = Array.from({ length: trendDays }, (_, ago) => startOf(today, 1 - ago))
    const [past, { perEuro }] = await Promise.all([parts.store.pastBalances(ends), parts.rates.current()])
    const home = parts.homeCurrency()
    const days = past.map((held, ago) => ({ day: dayOf(startOf(today, -ago)), total: amountOf(totalIn(home, held, perEuro).amount) }))
    return ok({ days: days.reverse() })
  },
})
