import { ok } from '#core/failure/outcome.ts'
import { type Amount, toDecimal } from '#core/money/amount.ts'
import type { BalanceRow, WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Preferences } from '../preferences.ts'
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
export const balancesFeature = (parts: {
  readonly store: WalletStore
  readonly rates: Rates
  readonly homeCurrency: () => Preferences['homeCurrency']
}): Feature<'balances'> => ({
  async overview() {
    const [rows, { perEuro, ...rates }] = await Promise.all([parts.store.balances(), parts.rates.current()])
    const held = rows.map(({ currency, postedMinor }): Amount => ({ currency, minor: postedMinor }))
    const { amount, excluded } = totalIn(parts.homeCurrency(), held, perEuro)
    return ok({ balances: rows.map(balanceOf), total: { amount: amountOf(amount), rates, excluded: [...excluded] } })
  },
})
