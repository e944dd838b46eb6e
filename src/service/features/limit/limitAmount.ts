import type { AmountWire } from '#contracts/wire/scalars.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { LimitKind } from '#core/limits/policy.ts'
import { euroCents } from '#core/limits/referenceValue.ts'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { limitStanding, type StandingLimit } from './limitsOf.ts'

/** The most that a limit can be: ten million euro. */
const highestLimit = 1_000_000_000n

/** A limit in euro cents; limits are kept in euro, other currencies count at the reference rate. Decline: amount_invalid. */
export function limitAmount({ rates }: Pick<ServicePorts, 'rates'>, { currency, value }: AmountWire, min: bigint): Outcome<bigint> {
  const amount = parseDecimal(currency, value)
  const eurMinor = amount && euroCents(amount, rates().perEuro)
  if (eurMinor !== undefined && eurMinor >= min && eurMinor <= highestLimit) return ok(eurMinor)
  const euro = (minor: bigint) => toDecimal({ currency: 'EUR', minor })
  return no('amount_invalid', { currency: 'EUR', min: euro(min), max: euro(highestLimit) })
}

export async function standingLimit(tx: Tx, holder: Holder, kind: LimitKind, now: Instant): Promise<StandingLimit> {
  const limit = (await limitStanding(tx, holder, now)).limits.find(one => one.kind === kind)
  if (!limit) throw new Fault('unexpected', { cause: new Error('a limit is missing') })
  return limit
}
