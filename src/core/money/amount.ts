import { type CurrencyCode, currencies } from './currencies/index.ts'

/** An exact amount: `minor` is an integer in the smallest unit of `currency` (cents, yen, fils, satoshi, wei). */
export type Amount<C extends CurrencyCode = CurrencyCode> = { readonly currency: C; readonly minor: bigint }

/** The largest magnitude of any amount or balance, in smallest units: 10^38 (what a decimal of 38 digits holds in most databases). */
export const maxMinor = 10n ** 38n

export const amount = <C extends CurrencyCode>(currency: C, minor: bigint): Amount<C> => ({ currency, minor })
export const zero = <C extends CurrencyCode>(currency: C): Amount<C> => ({ currency, minor: 0n })

function sameCurrency(a: Amount, b: Amount): void {
  if (a.currency !== b.currency) throw new TypeError(`amounts of ${a.currency} and ${b.currency} cannot be combined`)
}

export function add(a: Amount, b: Amount): Amount {
  sameCurrency(a, b)
  return { currency: a.currency, minor: a.minor + b.minor }
}

export function subtract(a: Amount, b: Amount): Amount {
  sameCurrency(a, b)
  return { currency: a.currency, minor: a.minor - b.minor }
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or more than `b`. */
export function compare(a: Amount, b: Amount): number {
  sameCurrency(a, b)
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0
}

/** Digits without the zeros at their end, in one pass whatever their number. */
export function withoutLastZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}

const decimalPattern = /^(-?)(\d{1,39})(?:\.(\d{1,18}))?$/

/**
 * Reads a plain decimal ("24.90", "-3", "0.000000000000000001"): digits and one point, no grouping, no exponent.
 * @returns undefined where the text is not such a number, has more decimals than the currency (trailing zeros allowed), or exceeds {@link maxMinor}.
 */
export function parseDecimal<C extends CurrencyCode>(currency: C, text: string): Amount<C> | undefined {
  const parts = decimalPattern.exec(text)
  if (!parts) return undefined
  const digits = currencies[currency].digits
  const [, , whole = '0', fraction = ''] = parts
  // As most are: with just the currency's own decimals there is nothing to take off or to add.
  const decimals = fraction.length === digits ? fraction : withoutLastZeros(fraction).padEnd(digits, '0')
  if (decimals.length > digits) return undefined
  const magnitude = BigInt(whole + decimals)
  if (magnitude > maxMinor) return undefined
  return { currency, minor: parts[1] ? -magnitude : magnitude }
}

/** The plain decimal of an amount with all of its currency's decimals: "24.90", "-3", "12.405". The inverse of {@link parseDecimal}. */
export function toDecimal({ currency, minor }: Amount): string {
  const { digits } = currencies[currency]
  const text = String(minor)
  if (digits === 0) return text
  const sign = minor < 0n ? '-' : ''
  const whole = text.length - sign.length > digits ? text : `${sign}${text.slice(sign.length).padStart(digits + 1, '0')}`
  return `${whole.slice(0, -digits)}.${whole.slice(-digits)}`
}
