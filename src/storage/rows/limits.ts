import type { LimitRecord } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

/** Amounts as text; what was asked for, answered or waits as JSON, its amounts as text too. */
export type LimitRow = Pick<LimitRecord, 'holderId' | 'kind'> & {
  readonly [Field in Exclude<keyof LimitRecord, 'holderId' | 'kind'>]: string | null
}

export const limitColumns = columnsOf<LimitRow>({
  holderId: 'holder_id',
  kind: 'kind',
  eurMinor: 'eur_minor',
  requested: 'requested',
  own: 'own',
  waiting: 'waiting',
  answered: 'answered',
})

const amountOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text))
/** Euro cents are the digits that stand for amounts; every other value is kept as it is. */
const amounts = new Set(['eurMinor', 'asked'])

const readJson = <T>(json: string | null): T | null =>
  json === null
    ? null
    : JSON.parse(json, (name, value: unknown) => (amounts.has(name) && typeof value === 'string' ? BigInt(value) : value))

const writeJson = (value: object | null): string | null =>
  value && JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))

export const limitOf = ({ holderId, kind, eurMinor, requested, own, waiting, answered }: LimitRow): LimitRecord => ({
  holderId,
  kind,
  eurMinor: amountOf(eurMinor),
  requested: readJson<LimitRecord['requested'] & object>(requested),
  own: amountOf(own),
  waiting: readJson<LimitRecord['waiting'] & object>(waiting),
  answered: readJson<LimitRecord['answered'] & object>(answered),
})

export const limitRow = ({ holderId, kind, eurMinor, requested, own, waiting, answered }: LimitRecord): LimitRow => ({
  holderId,
  kind,
  eurMinor: eurMinor?.toString() ?? null,
  requested: writeJson(requested),
  own: own?.toString() ?? null,
  waiting: writeJson(waiting),
  answered: writeJson(answered),
})
