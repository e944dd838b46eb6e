import { IntlMessageFormat } from 'intl-messageformat'
import { type AppLocale, intlTag, type MessageKey, messagesOf } from './index.ts'

export type MessageValue = string | number | bigint
export type MessageValues = Readonly<Record<string, MessageValue>>

const compiled = new Map<string, IntlMessageFormat>()

function compile(locale: AppLocale, key: string): IntlMessageFormat | undefined {
  const text = messagesOf(locale)[key]
  if (text === undefined) return undefined
  const slot = `${locale} ${key}`
  const known = compiled.get(slot)
  if (known) return known
  const fresh = new IntlMessageFormat(text, intlTag(locale))
  compiled.set(slot, fresh)
  return fresh
}

/** Fills a message: for the terminal, mails and menus (the window does the same through react-intl). */
export function formatMessage(locale: AppLocale, key: MessageKey, values: MessageValues = {}): string {
  return String(compile(locale, key)?.format(values) ?? '')
}

/** The same for a key that is known only while running; undefined where no locale has it. */
export function formatKnown(locale: AppLocale, key: string, values: MessageValues = {}): string | undefined {
  const message = compile(locale, key)
  return message === undefined ? undefined : String(message.format(values))
}
