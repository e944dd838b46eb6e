import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'

/** Full-width digits and stops, as Chinese keyboards write them, to plain ones. */
const plain = (text: string) =>
  text
    .replace(/[\uFF10-\uFF19]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, '.')
    .replace(/，/g, ',')

/**
 * Reads an amount as people type it: "1,234.5", "24,90", "１２．５", with spaces and apostrophes between groups.
 * A comma before exactly three digits groups; a single comma before fewer is the decimal sign. No float is made on the way.
 * @returns the exact decimal with all of the currency's decimals, or undefined where it is not an amount of it.
 */
export function readTypedAmount(currency: CurrencyCode, typed: string): string | undefined {
  let text = plain(typed).replace(/[\s'’_]/g, '')
  const isDecimalComma = !text.includes('.') && /^\d+,\d{1,2}$/.test(text)
  text = isDecimalComma ? text.replace(',', '.') : text.replace(/,(?=\d{3}(?:\D|$))/g, '')
  const amount = parseDecimal(currency, text.endsWith('.') ? text.slice(0, -1) : text.startsWith('.') ? `0${text}` : text)
  return amount && amount.minor >= 0n ? toDecimal(amount) : undefined
}
