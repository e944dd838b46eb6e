import { type CurrencyCode, currencies, isCurrencyCode } from '#core/money/currencies/index.ts'
import { type AppLocale, intlTag } from './index.ts'

export type AmountText = { readonly currency: CurrencyCode; readonly value: string }

/** An amount in the pieces that a typographer needs. `sign` is "+", "−" (U+2212) or empty; `unit` a sign or a code; `fraction` begins with the separator. */
export type AmountParts = {
  readonly sign: string
  readonly unit: string
  readonly gap: string
  readonly whole: string
  readonly fraction: string
}

type UnitStyle = 'unit' | 'code' | 'none'
type AmountOptions = { readonly unit?: UnitStyle; readonly plus?: boolean }

const isNumeric = (text: string): text is `${number}` => /^\d+(\.\d+)?$/.test(text)

const formats = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: AppLocale, digits: number): Intl.NumberFormat {
  const slot = `${locale} ${digits}`
  const known = formats.get(slot)
  if (known) return known
  const fresh = new Intl.NumberFormat(intlTag(locale), { minimumFractionDigits: digits, maximumFractionDigits: digits })
  formats.set(slot, fresh)
  return fresh
}

const signsInUse = Object.values(currencies).map(({ symbol }) => symbol)
const isLetters = (symbol: string) => /\p{L}$/u.test(symbol)

/** The code stands wherever two currencies share a sign, and for signs that are letters; ¥ alone is the yuan to a Chinese reader. */
function unitOf(locale: AppLocale, currency: CurrencyCode): string {
  const { symbol } = currencies[currency]
  if (locale === 'zh-CN' && currency === 'CNY') return symbol
  const isShared = signsInUse.filter(sign => sign === symbol).length > 1
  return isShared || isLetters(symbol) ? currency : symbol
}

/** Cuts an exact decimal into its parts; no float is made on the way. */
export function amountParts(
  locale: AppLocale,
  { currency, value }: AmountText,
  { unit = 'unit', plus = false }: AmountOptions = {},
): AmountParts {
  const isBelow = value.startsWith('-')
  const digits = isBelow ? value.slice(1) : value
  const sign = isBelow ? '−' : plus && /[1-9]/.test(digits) ? '+' : ''
  const written = unit === 'none' ? '' : unit === 'code' ? currency : unitOf(locale, currency)
  const gap = written === '' ? '' : locale === 'zh-CN' || written.length > 2 ? '\u00a0' : ''
  if (!isNumeric(digits)) return { sign, unit: written, gap, whole: digits, fraction: '' }
  const parts = numberFormat(locale, currencies[currency].digits).formatToParts(digits)
  const cut = parts.findIndex(part => part.type === 'decimal')
  const text = (of: Intl.NumberFormatPart[]) => of.map(part => part.value).join('')
  return {
    sign,
    unit: written,
    gap,
    whole: text(cut < 0 ? parts : parts.slice(0, cut)),
    fraction: cut < 0 ? '' : text(parts.slice(cut)),
  }
}

/** An amount in one line: "−€18.50", "CNY 38.00", "¥ 38.00". */
export function formatAmount(locale: AppLocale, amount: AmountText, options: AmountOptions = {}): string {
  const { sign, unit, gap, whole, fraction } = amountParts(locale, amount, options)
  return sign + unit + gap + whole + fraction
}

const names = new Map<string, string>()
const cryptoNames: Readonly<Record<string, string>> = { BTC: 'Bitcoin', ETH: 'Ether', USDC: 'USD Coin', USDT: 'Tether' }

/** The name as it stands after a number: 1 "euro", 2 "euros"; "欧元". */
function countedName(locale: AppLocale, currency: CurrencyCode, count: number): string {
  const crypto = cryptoNames[currency]
  if (crypto !== undefined) return crypto
  const slot = `${locale} ${currency} ${count}`
  const known = names.get(slot)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat(intlTag(locale), { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 0 })
  const name = format.formatToParts(count).find(({ type }) => type === 'currency')?.value ?? currency
  names.set(slot, name)
  return name
}

/** "Euro", "US dollar", "欧元": at the beginning of a line or of a label. */
export function currencyName(locale: AppLocale, currency: CurrencyCode): string {
  const name = countedName(locale, currency, 1)
  return name.charAt(0).toLocaleUpperCase(intlTag(locale)) + name.slice(1)
}

/** "euros", "US dollars", "欧元": inside of a sentence. */
export const currencyNameOfMany = (locale: AppLocale, currency: CurrencyCode): string => countedName(locale, currency, 2)

/** Reads a currency and a decimal that came together in a decline's detail. */
export const amountText = (currency: string | undefined, value: string | undefined): AmountText | undefined =>
  currency !== undefined && value !== undefined && isCurrencyCode(currency) ? { currency, value } : undefined
