import type { Amount } from '../money/amount.ts'
import { currencies } from '../money/currencies/index.ts'
import { divideHalfEven } from '../money/halfEven.ts'

/**
 * Units for one euro of the currencies that the European Central Bank does not list: set by OKPAY on the safe side (fewer units, so more
 * euro), for limits alone. Never shown and never a price.
 */
const ownReference: Readonly<Record<string, string>> = {
  TWD: '33',
  AED: '3.9',
  KWD: '0.33',
  BHD: '0.40',
  BTC: '0.000008',
  ETH: '0.0002',
  USDC: '1.05',
  USDT: '1.05',
}

const ratePattern = /^(\d{1,12})(?:\.(\d{1,12}))?$/

/**
 * What an amount is worth in euro cents at reference rates (units of the currency for one euro), rounded half-even.
 * Undefined where nobody says what the currency is worth.
 */
export function euroCents({ currency, minor }: Amount, perEuro: Readonly<Record<string, string>>): bigint | undefined {
  const parts = ratePattern.exec(currency === 'EUR' ? '1' : (perEuro[currency] ?? ownReference[currency] ?? ''))
  if (!parts) return undefined
  const fraction = parts[2] ?? ''
  const rate = BigInt((parts[1] ?? '') + fraction)
  if (rate === 0n) return undefined
  return divideHalfEven(minor * 100n * 10n ** BigInt(fraction.length), rate * 10n ** BigInt(currencies[currency].digits))
}
