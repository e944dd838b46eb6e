import { z } from 'zod'
import { type Limit, limit, profile } from '#contracts/wire/shapes.ts'
import type { Instant } from '#core/ledger/command.ts'
import { leftOf } from '#core/limits/limits.ts'
import { toDecimal } from '#core/money/amount.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import { minorOf } from '../sync/movements.ts'
import type { SignedIn } from '../sync/signedIn.ts'
import type { Rates } from './rates.ts'

export type LimitParts = { readonly account: SignedIn; readonly store: WalletStore; readonly rates: Rates; readonly clock: Clock }

const kept = z.array(limit)

/** A limit as it is by now: what was used is free again once its day is over. What waited to go up has gone up. */
function atPresent(told: Limit, now: Instant): Limit {
  const { waiting, freesUpAt } = told
  const raised = waiting !== null && Date.parse(waiting.at) <= now ? { ...told, amount: waiting.amount, waiting: null } : told
  const isFree = freesUpAt !== null && Date.parse(freesUpAt) <= now
  const used = isFree ? { currency: told.used.currency, value: '0.00' } : told.used
  const left = toDecimal({ currency: 'EUR', minor: leftOf({ most: minorOf(raised.amount), used: minorOf(used) }) })
  return { ...raised, used, left: { currency: raised.amount.currency, value: left }, freesUpAt: isFree ? null : freesUpAt }
}

/** The limits of the account as the feed last told them, brought to this moment. */
export async function limitsNow({ store, clock }: Pick<LimitParts, 'store' | 'clock'>): Promise<readonly Limit[]> {
  const json = await store.document('limits', 'limits')
  return json === undefined ? [] : kept.parse(JSON.parse(json)).map(told => atPresent(told, clock.now()))
}

/** By whose midnight the days of the account are counted; '' where the service did not tell. */
export async function accountZone({ store, account }: Pick<LimitParts, 'store' | 'account'>): Promise<string> {
  const json = await store.document('profile', account.session.holderId)
  return json === undefined ? '' : (profile.parse(JSON.parse(json)).timeZone ?? '')
}
