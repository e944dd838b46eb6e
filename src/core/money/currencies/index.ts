/**
 * The currencies that OKPAY can hold. Minor digits are ISO 4217's own (amendment list of 2026); `Intl` is wrong for several of them.
 * To add one: one line here, in the table that it belongs to.
 */
type CurrencyRow = { readonly digits: number; readonly symbol: string; readonly kind: 'fiat' | 'crypto' }

const fiat = (digits: number, symbol: string) => ({ digits, symbol, kind: 'fiat' }) as const
const crypto = (digits: number, symbol: string) => ({ digits, symbol, kind: 'crypto' }) as const

export const currencies = {
  CNY: fiat(2, '¥'),
  EUR: fiat(2, '€'),
  USD: fiat(2, '$'),
  GBP: fiat(2, '£'),
  HKD: fiat(2, 'HK$'),
  TWD: fiat(2, 'NT$'),
  JPY: fiat(0, '¥'),
  KRW: fiat(0, '₩'),
  SGD: fiat(2, 'S$'),
  AUD: fiat(2, 'A$'),
  NZD: fiat(2, 'NZ$'),
  CAD: fiat(2, 'C$'),
  CHF: fiat(2, 'CHF'),
  SEK: fiat(2, 'kr'),
  NOK: fiat(2, 'kr'),
  DKK: fiat(2, 'kr'),
  PLN: fiat(2, 'zł'),
  CZK: fiat(2, 'Kč'),
  HUF: fiat(2, 'Ft'),
  RON: fiat(2, 'lei'),
  BRL: fiat(2, 'R$'),
  MXN: fiat(2, 'MX$'),
  INR: fiat(2, '₹'),
  THB: fiat(2, '฿'),
  IDR: fiat(2, 'Rp'),
  MYR: fiat(2, 'RM'),
  PHP: fiat(2, '₱'),
  ZAR: fiat(2, 'R'),
  TRY: fiat(2, '₺'),
  ILS: fiat(2, '₪'),
  ISK: fiat(0, 'kr'),
  AED: fiat(2, 'AED'),
  KWD: fiat(3, 'KD'),
  BHD: fiat(3, 'BD'),
  BTC: crypto(8, '₿'),
  ETH: crypto(18, 'Ξ'),
  USDC: crypto(6, 'USDC'),
  USDT: crypto(6, 'USDT'),
} as const satisfies Record<string, CurrencyRow>

export type CurrencyCode = keyof typeof currencies

export const currencyCodes = Object.keys(currencies) as readonly CurrencyCode[]

/** The currencies that one click opens: those that a new holder is offered, in the order in which they are listed. */
export const firstCurrencies = [
  'CNY',
  'EUR',
  'USD',
  'GBP',
  'HKD',
  'TWD',
  'JPY',
  'KRW',
  'SGD',
  'AUD',
  'CAD',
  'CHF',
  'SEK',
  'PLN',
  'BRL',
  'INR',
  'THB',
  'KWD',
] as const satisfies readonly CurrencyCode[]

export const isCurrencyCode = (text: string): text is CurrencyCode => Object.hasOwn(currencies, text)
