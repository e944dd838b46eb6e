import type { LimitRecord } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

/** Amounts as text, what was asked for as JSON. */
export type LimitRow = Pick<LimitRecord, 'holderId' | 'kind'> & { readonly eurMinor: string | null; readonly requested: string | null }
type Request = { readonly eurMinor: string; readonly at: number; readonly reason: string }

export const limitColumns = columnsOf<LimitRow>({
  holderId: 'holder_id',
  kind: 'kind',
  eurMinor: 'eur_minor',
  requested: 'requested',
})

function requestOf(json: string | null): LimitRecord['requested'] {
  if (json === null) return null
  const { eurMinor, at, reason }: Request = JSON.parse(json)
  return { eurMinor: BigInt(eurMinor), at, reason }
}

export const limitOf = ({ holderId, kind, eurMinor, requested }: LimitRow): LimitRecord => ({
  holderId,
  kind,
  eurMinor: eurMinor === null ? null : BigInt(eurMinor),
  requested: requestOf(requested),
})

export const limitRow = ({ holderId, kind, eurMinor, requested }: LimitRecord): LimitRow => ({
  holderId,
  kind,
  eurMinor: eurMinor?.toString() ?? null,
  requested: requested && JSON.stringify({ ...requested, eurMinor: requested.eurMinor.toString() } satisfies Request),
})
