import { z } from 'zod'
import { maxMinor, parseDecimal } from '#core/money/amount.ts'
import { type CurrencyCode, currencyCodes } from '#core/money/currencies/index.ts'

/** UUID version 7 (RFC 9562), lower case: made and saved by whoever asks, before sending. */
export const id = z.uuidv7().lowercase()

/** ISO 8601 in UTC with milliseconds: 2026-11-22T10:42:05.100Z. */
export const instant = z.iso.datetime({ precision: 3 })

/** A calendar day, ISO 8601: 2026-11-22. */
export const day = z.iso.date()

export const currency = z.enum(currencyCodes as [CurrencyCode, ...CurrencyCode[]])

/** An exact decimal with the currency's own decimals; see `parseDecimal`. At most `maxMinor` smallest units. */
export const amount = z
  .strictObject({ currency, value: z.string().max(maxMinor.toString().length + 20) })
  .refine(({ currency, value }) => parseDecimal(currency, value) !== undefined, { error: 'not an exact decimal of this currency' })

export const positiveAmount = amount.refine(({ value }) => /[1-9]/.test(value) && !value.startsWith('-'), { error: 'not above zero' })

export const localeTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)

/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/)

export const email = z.string().trim().max(254)

/** A decline or problem as it crosses a wire. */
export const decline = z.strictObject({ code: z.string(), detail: z.record(z.string(), z.string()) })

export type AmountWire = z.infer<typeof amount>
