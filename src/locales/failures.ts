import { type AmountText, amountText, formatAmount } from './amounts.ts'
import { formatMoment } from './dates.ts'
import { formatKnown, type MessageValues } from './format.ts'
import type { AppLocale } from './index.ts'

/** A refusal or a fault as it crosses a wire. */
export type FailureText = { readonly kind: 'decline' | 'fault'; readonly code: string; readonly detail: Readonly<Record<string, string>> }

const amountNames = ['amount', 'limit', 'used', 'left', 'missing', 'available', 'min', 'max', 'total', 'held']
const instantNames = ['at', 'resendAt', 'waitUntil', 'expiredAt', 'freesUpAt', 'until', 'since', 'opens']
const plainNames = [
  ...['domain', 'triesLeft', 'service', 'name', 'currency', 'shop', 'rail', 'found', 'position', 'reason'],
  ...['field', 'megabytes', 'years', 'side', 'pages', 'files'],
]

const absent = 'none'
const isDecimal = (text: string) => /^-?\d+(\.\d+)?$/.test(text)
const isInstant = (text: string) => /^\d{4}-\d{2}-\d{2}T/.test(text)

/** Seconds are not shown: who waits until the minute that is told has waited long enough. */
const endOfMinute = (at: string): string => new Date(Math.ceil(Date.parse(at) / 60_000) * 60_000).toISOString()

/** Writes the values of a detail for people: decimals as amounts of `detail.currency`, instants as local times. What is missing is `none`. */
export function detailValues(locale: AppLocale, detail: Readonly<Record<string, string>>, now: Date): MessageValues {
  const values: Record<string, string> = {}
  for (const name of [...amountNames, ...instantNames, ...plainNames]) values[name] = absent
  for (const [name, text] of Object.entries(detail)) {
    const amount: AmountText | undefined = amountNames.includes(name) && isDecimal(text) ? amountText(detail['currency'], text) : undefined
    if (amount) values[name] = formatAmount(locale, amount)
    else if (instantNames.includes(name) && isInstant(text)) values[name] = formatMoment(locale, endOfMinute(text), now)
    else values[name] = text
  }
  return values
}

/** Says a failure in two sentences: what happened, and what to do; `gap` stands between them where the script has spaces. An unknown code is said as the unexpected fault. */
export function sayFailure(
  locale: AppLocale,
  { kind, code, detail }: FailureText,
  now: Date,
): { what: string; next: string; gap: string; whole: string } {
  const values = detailValues(locale, detail, now)
  const say = (room: string, part: 'what' | 'next') => formatKnown(locale, `${room}.${part}`, values)
  const room = `${kind === 'decline' ? 'declines' : 'faults'}.${code}`
  const what = say(room, 'what') ?? say('faults.unexpected', 'what') ?? code
  const next = say(room, 'next') ?? say('faults.unexpected', 'next') ?? ''
  const gap = locale === 'zh-CN' ? '' : ' '
  return { what, next, gap, whole: what + gap + next }
}
