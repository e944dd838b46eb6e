import type { Reason } from '#core/risk/judge.ts'
import { formatAmount } from './amounts.ts'
import { formatMessage, type MessageValue } from './format.ts'
import { type AppLocale, intlTag } from './index.ts'

/** Says why a payment got points: sums in euro, countries by name, numbers as plurals need them. */
export function sayRiskReason(locale: AppLocale, { rule, detail }: Pick<Reason, 'rule' | 'detail'>): string {
  const values = Object.entries(detail).map(([name, text]) => [name, sayValue(locale, name, text)] as const)
  return formatMessage(locale, `risk.reasons.${rule}`, Object.fromEntries(values))
}

function sayValue(locale: AppLocale, name: string, text: string): MessageValue {
  if (name.startsWith('eur')) return formatAmount(locale, { currency: 'EUR', value: text })
  if (name === 'country') return new Intl.DisplayNames(intlTag(locale), { type: 'region' }).of(text) ?? text
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
