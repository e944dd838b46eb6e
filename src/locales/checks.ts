import type { LimitKind } from '#core/limits/policy.ts'
import type { Check, CheckState, Finding } from '#core/securityCentre/review.ts'
import { type AmountText, formatAmount } from './amounts.ts'
import { formatDay, formatMoment } from './dates.ts'
import { formatMessage } from './format.ts'
import { type AppLocale, intlTag, type MessageKey, messagesOf } from './index.ts'

type Row = {
  readonly check: Check
  readonly finding: Finding
  readonly state: CheckState
  readonly at: string | null
  readonly count: number | null
  readonly name: string | null
}
type Limit = { readonly kind: LimitKind; readonly amount: AmountText }

/** A row of the security centre in words. `fix` is what betters it, null where there is nothing to do. */
export type CheckWords = { readonly name: string; readonly found: string; readonly state: string; readonly fix: string | null }

const isKey = (locale: AppLocale, key: string): key is MessageKey => Object.hasOwn(messagesOf(locale), key)

/** "a, b and c", as the language joins them. */
const listOf = (locale: AppLocale, parts: readonly string[]): string =>
  new Intl.ListFormat(intlTag(locale), { type: 'conjunction' }).format(parts)

/** What is told to the minute: it may be today, or end soon. */
const toTheMinute: readonly Finding[] = ['account_held', 'reset_waiting', 'device_new']

export function sayCheck(locale: AppLocale, row: Row, limits: readonly Limit[], now: Date): CheckWords {
  const { check, finding, state, at, count, name } = row
  const moment = toTheMinute.includes(finding) ? formatMoment : formatDay
  const values = {
    at: at === null ? '' : moment(locale, at, now),
    count: count ?? 0,
    name: name ?? '',
    limits: listOf(
      locale,
      limits.map(limit => formatMessage(locale, `securityCentre.limit_${limit.kind}`, { amount: formatAmount(locale, limit.amount) })),
    ),
  }
  const fix = `securityCentre.fix_${finding}`
  return {
    name: formatMessage(locale, `securityCentre.${check}`),
    found: formatMessage(locale, `securityCentre.is_${finding}`, values),
    state: formatMessage(locale, `securityCentre.state_${state}`),
    fix: isKey(locale, fix) ? formatMessage(locale, fix) : null,
  }
}

/** The summary of all rows: what is good, and what is not yet. */
export function sumChecks(locale: AppLocale, rows: readonly Row[]): readonly string[] {
  const names = (states: readonly CheckState[]) =>
    rows.filter(({ state }) => states.includes(state)).map(({ check }) => formatMessage(locale, `securityCentre.${check}`))
  const [good, notYet] = [names(['good']), names(['missing', 'better', 'look'])]
  return [
    ...(good.length > 0 ? [formatMessage(locale, 'securityCentre.inOrder', { names: listOf(locale, good) })] : []),
    ...(notYet.length > 0 ? [formatMessage(locale, 'securityCentre.notYet', { names: listOf(locale, notYet) })] : []),
  ]
}
