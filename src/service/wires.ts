import type { AmountWire } from '#contracts/wire/scalars.ts'
import type { BalanceWire, Order as OrderWire, Profile } from '#contracts/wire/shapes.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import type { Instant } from '#core/ledger/command.ts'
import { toDecimal } from '#core/money/amount.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import type { Order } from '#core/payment/order.ts'
import type { Holder } from '#storage/serviceStore.ts'

/** ISO 8601 in UTC with milliseconds. */
export const iso = (at: Instant): string => new Date(at).toISOString()

export const amountWire = (currency: CurrencyCode, minor: bigint): AmountWire => ({ currency, value: toDecimal({ currency, minor }) })

export const holderAccount = (holderId: string, currency: CurrencyCode): AccountId => `holder:${holderId}:${currency}`

export type AccountParts = { readonly kind: string; readonly owner: string; readonly currency: CurrencyCode }

/** Throws where the id is none: accounts are named by this service alone. */
export function accountParts(id: AccountId): AccountParts {
  const [kind = '', owner = '', currency = ''] = id.split(':')
  if (!isCurrencyCode(currency)) throw new TypeError('an account id ends with its currency')
  return { kind, owner, currency }
}

export function balanceWire({ id, posted, held }: AccountState): BalanceWire {
  const { currency } = accountParts(id)
  return {
    currency,
    posted: amountWire(currency, posted),
    held: amountWire(currency, held),
    available: amountWire(currency, posted - held),
  }
}

export const profileWire = (holder: Holder): Profile => ({
  holderId: holder.id,
  email: holder.email,
  name: holder.name,
  country: holder.country,
  registeredAt: iso(holder.registeredAt),
  timeZone: holder.timeZone,
  securityHoldSince: holder.securityHoldSince === null ? null : iso(holder.securityHoldSince),
})

export const orderWire = (order: Order): OrderWire => ({
  id: order.id,
  code: order.code,
  state: order.state,
  shop: order.shop,
  shopReference: order.shopReference,
  lines: order.lines.map(({ title, quantity, minor }) => ({ title, quantity, amount: amountWire(order.currency, minor) })),
  amount: amountWire(order.currency, order.minor),
  createdAt: iso(order.createdAt),
  expiresAt: iso(order.expiresAt),
  returnUrl: order.returnUrl,
})
