import { createContext, type ReactNode, use, useMemo } from 'react'
import { useIntl } from 'react-intl'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { type AmountText, currencyName, currencyNameOfMany, formatAmount } from '#locales/amounts.ts'
import { formatCalendarDay, formatDay, formatMoment, formatPreciseTime, formatTime, formatZone, localDay } from '#locales/dates.ts'
import { type FailureText, sayFailure } from '#locales/failures.ts'
import type { MessageValues } from '#locales/format.ts'
import type { AppLocale, MessageKey } from '#locales/index.ts'

export const LocaleContext = createContext<AppLocale>('en')

type Rich = Readonly<Record<string, (parts: ReactNode[]) => ReactNode>>

/** Everything that a view needs in order to speak: messages, amounts, days and failures in the person's locale. */
export function useText() {
  const intl = useIntl()
  const locale = use(LocaleContext)
  return useMemo(() => {
    const now = () => new Date()
    const dayOf = (at: string) => formatDay(locale, at, now())
    return {
      locale,
      t: (key: MessageKey, values: MessageValues = {}): string => intl.formatMessage({ id: key }, values),
      /** The message of a key that is known only while running, or `otherwise`. */
      known: (key: string, otherwise: string, values: MessageValues = {}): string =>
        key in intl.messages ? intl.formatMessage({ id: key }, values) : otherwise,
      rich: (key: MessageKey, tags: Rich, values: MessageValues = {}): ReactNode => intl.formatMessage({ id: key }, { ...values, ...tags }),
      amount: (amount: AmountText, options?: Parameters<typeof formatAmount>[2]) => formatAmount(locale, amount, options),
      currency: (code: CurrencyCode) => currencyName(locale, code),
      /** "euros": inside of a sentence. */
      currencies: (code: CurrencyCode) => currencyNameOfMany(locale, code),
      day: dayOf,
      /** "Today", "Yesterday", or the day. */
      nearDay: (at: string): string => {
        const day = localDay(new Date(at))
        if (day === localDay(now())) return intl.formatMessage({ id: 'app.today' })
        const yesterday = now()
        yesterday.setDate(yesterday.getDate() - 1)
        return day === localDay(yesterday) ? intl.formatMessage({ id: 'app.yesterday' }) : dayOf(at)
      },
      calendarDay: (day: string) => formatCalendarDay(locale, day, now()),
      moment: (at: string) => formatMoment(locale, at, now()),
      time: (at: string) => formatTime(locale, at),
      preciseTime: (at: string) => formatPreciseTime(locale, at),
      zoneName: (zone: string) => formatZone(locale, zone, now()),
      number: (value: number) => intl.formatNumber(value),
      failure: (text: FailureText) => sayFailure(locale, text, now()),
    }
  }, [intl, locale])
}

export type Text = ReturnType<typeof useText>
