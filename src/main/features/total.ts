import { Decimal } from 'decimal.js'
import type { ReferenceRates } from '#contracts/wire/shapes.ts'
import { type Amount, maxMinor } from '#core/money/amount.ts'
import { type CurrencyCode, currencies } from '#core/money/currencies/index.ts'

/** Enough for 10^27 smallest units times a rate of twelve digits. */
const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN })

export type Total = { readonly amount: Amount; readonly excluded: readonly CurrencyCode[] }

function perEuro(rates: ReferenceRates['perEuro'], currency: CurrencyCode): Decimal | undefined {
  if (currency === 'EUR') return new Exact(1)
  const text = rates[currency]
  if (text === undefined || !/^\d{1,15}(\.\d{1,15})?$/.test(text)) return undefined
  const rate = new Exact(text)
  return rate.isZero() ? undefined : rate
}

/**
 * What all balances are worth in `home` at reference rates: information, never a price. Added up exactly and rounded once, half to even, to the
 * digits of `home`. Currencies that are held and have no rate are named, not guessed.
 */
export function totalIn(home: CurrencyCode, balances: readonly Amount[], rates: ReferenceRates['perEuro']): Total {
  const homeRate = perEuro(rates, home)
  const excluded: CurrencyCode[] = []
  let sum = new Exact(0)
  for (const { currency, minor } of balances) {
    if (minor === 0n) continue
    const units = new Exact(minor.toString()).div(new Exact(10).pow(currencies[currency].digits))
    const rate = perEuro(rates, currency)
    if (currency === home) sum = sum.plus(units)
    else if (rate && homeRate) sum = sum.plus(units.times(homeRate).div(rate))
    else excluded.push(currency)
  }
  const minor = BigInt(sum.times(new Exact(10).pow(currencies[home].digits)).toFixed(0))
  if (minor > maxMinor || minor < -maxMinor) throw new RangeError('a total beyond the largest amount')
  return { amount: { currency: home, minor }, excluded }
}
