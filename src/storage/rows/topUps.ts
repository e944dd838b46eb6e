import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { isReference } from '#core/rails/reference.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import { columnsOf } from './columns.ts'

/** Lists and amounts as text; what was asked and what was credited are of one currency. */
export type TopUpRow = Omit<TopUp, 'amount' | 'credited' | 'reference' | 'instructions' | 'timeline'> & {
  readonly currency: string
  readonly minor: string
  readonly creditedMinor: string | null
  readonly reference: string
  readonly instructions: string
  readonly timeline: string
}

export const topUpColumns = columnsOf<TopUpRow>({
  id: 'id',
  holderId: 'holder_id',
  state: 'state',
  currency: 'currency',
  minor: 'minor',
  creditedMinor: 'credited_minor',
  reference: 'reference',
  instructions: 'instructions',
  createdAt: 'created_at',
  expectedBy: 'expected_by',
  expiresAt: 'expires_at',
  problem: 'problem',
  timeline: 'timeline',
})

export function topUpOf({ currency, minor, creditedMinor, reference, instructions, timeline, ...row }: TopUpRow): TopUp {
  if (!isCurrencyCode(currency) || !isReference(reference)) throw new Error('a top-up in an unknown currency or with a bad reference')
  return {
    ...row,
    amount: { currency, minor: BigInt(minor) },
    credited: creditedMinor === null ? null : { currency, minor: BigInt(creditedMinor) },
    reference,
    instructions: JSON.parse(instructions),
    timeline: JSON.parse(timeline),
  }
}

export function topUpRow({ amount, credited, instructions, timeline, ...topUp }: TopUp): TopUpRow {
  return {
    ...topUp,
    currency: amount.currency,
    minor: amount.minor.toString(),
    creditedMinor: credited?.minor.toString() ?? null,
    instructions: JSON.stringify(instructions),
    timeline: JSON.stringify(timeline),
  }
}
