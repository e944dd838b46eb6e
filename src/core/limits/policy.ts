import type { IdentityTier } from '../identity/tier.ts'
import { type CurrencyCode, currencies } from '../money/currencies/index.ts'

export const limitKinds = ['per_payment', 'per_day', 'per_month'] as const
export type LimitKind = (typeof limitKinds)[number]

/** Euro cents for each kind. */
export type Figures = Readonly<Record<LimitKind, bigint>>

/** How money leaves: `account` is the money of a country, `crypto` is what moves on a chain. Everything counts in the first, crypto in its own too. */
export const limitRails = ['account', 'crypto'] as const
export type LimitRail = (typeof limitRails)[number]

export const railOf = (currency: CurrencyCode): LimitRail => (currencies[currency].kind === 'crypto' ? 'crypto' : 'account')

/** Where money comes from that a higher limit is for. */
export const moneySources = ['income', 'savings', 'sale', 'business', 'gift', 'other'] as const
export type MoneySource = (typeof moneySources)[number]

const euro = (perPayment: bigint, perDay: bigint, perMonth: bigint): Figures => ({
  per_payment: perPayment * 100n,
  per_day: perDay * 100n,
  per_month: perMonth * 100n,
})

/**
 * What a tier gives on a rail. In crypto the first tier stays at the 1000 euro from which Regulation (EU) 2023/1113 asks who stands behind an address.
 */
const byTier: Readonly<Record<IdentityTier, Readonly<Record<LimitRail, Figures>>>> = {
  email: { account: euro(2_000n, 5_000n, 20_000n), crypto: euro(1_000n, 1_000n, 5_000n) },
  details: { account: euro(5_000n, 10_000n, 50_000n), crypto: euro(1_000n, 2_000n, 10_000n) },
  document: { account: euro(10_000n, 25_000n, 100_000n), crypto: euro(10_000n, 25_000n, 100_000n) },
  financial: { account: euro(50_000n, 100_000n, 500_000n), crypto: euro(50_000n, 100_000n, 500_000n) },
}

/**
 * Which part of a tier's figures, in hundredths, is given where a country is on a list of the Financial Action Task Force (24 October 2025): a tenth for
 * those that call for action, a half for those under increased monitoring. Elsewhere all of it.
 */
const byCountry: Readonly<Record<string, bigint>> = {
  ...Object.fromEntries(['IR', 'KP', 'MM'].map(country => [country, 10n])),
  ...Object.fromEntries(
    ['AO', 'BG', 'BO', 'CD', 'CI', 'CM', 'DZ', 'HT', 'KE', 'LA', 'LB', 'MC', 'NA', 'NP', 'SS', 'SY', 'VE', 'VG', 'VN', 'YE'].map(
      country => [country, 50n],
    ),
  ),
}

/** What a holder of this tier and country (ISO 3166-1 alpha-2) may pay on a rail, in euro cents, where nothing else is set for them. */
export function policyFor(tier: IdentityTier, country: string, rail: LimitRail): Figures {
  const share = byCountry[country] ?? 100n
  const given = byTier[tier][rail]
  const part = (kind: LimitKind): bigint => (given[kind] * share) / 100n
  return { per_payment: part('per_payment'), per_day: part('per_day'), per_month: part('per_month') }
}
