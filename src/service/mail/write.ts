import type { Instant } from '#core/ledger/command.ts'
import type { LimitKind } from '#core/limits/limits.ts'
import { type AmountText, formatAmount } from '#locales/amounts.ts'
import { formatMessage } from '#locales/format.ts'
import { type AppLocale, appLocale, intlTag } from '#locales/index.ts'

/** What a mail tells, with what its text needs. `device` and texts of people are cut to what is printable. */
export type Letter =
  | { readonly kind: 'code'; readonly code: string; readonly minutes: number }
  | { readonly kind: 'hasAccount' }
  | {
      readonly kind: 'welcome' | 'newDevice' | 'deviceRevoked'
      readonly name: string
      readonly device: string
      readonly at: Instant
      readonly timeZone: string
    }
  | { readonly kind: 'answered'; readonly name: string; readonly number: number; readonly question: string; readonly answer: string }
  | { readonly kind: 'securityHold'; readonly name: string; readonly at: Instant; readonly timeZone: string }
  | { readonly kind: 'securityHoldOver'; readonly name: string }
  | {
      readonly kind: 'limitAnswered'
      readonly name: string
      readonly limit: LimitKind
      readonly asked: AmountText
      readonly amount: AmountText
    }

/** Who writes: shown at the foot. */
export type Sender = { readonly name: string; readonly supportEmail: string; readonly sandbox: boolean }

/** One line, without the characters that steer a terminal or turn the direction of writing. */
const oneLine = (text: string): string => text.replace(/[\p{C}\u2028\u2029]+/gu, ' ').trim()
const manyLines = (text: string): string => text.replace(/(?!\n)[\p{C}\u2028\u2029]/gu, '').trim()

function moment(locale: AppLocale, at: Instant, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = { dateStyle: 'full', timeStyle: 'long' }
  try {
    return new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone }).format(at)
  } catch {
    // A zone that this system does not know.
    return new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone: 'UTC' }).format(at)
  }
}

function valuesOf(locale: AppLocale, letter: Letter): Readonly<Record<string, string>> {
  switch (letter.kind) {
    case 'code':
      return { code: letter.code, minutes: String(letter.minutes) }
    case 'hasAccount':
      return {}
    case 'welcome':
    case 'newDevice':
    case 'deviceRevoked':
      return { name: oneLine(letter.name), device: oneLine(letter.device), at: moment(locale, letter.at, letter.timeZone) }
    case 'answered':
      return {
        name: oneLine(letter.name),
        number: String(letter.number),
        question: manyLines(letter.question),
        answer: manyLines(letter.answer),
      }
    case 'securityHold':
      return { name: oneLine(letter.name), at: moment(locale, letter.at, letter.timeZone) }
    case 'securityHoldOver':
      return { name: oneLine(letter.name) }
    case 'limitAnswered': {
      const { name, limit, asked, amount } = letter
      return { name: oneLine(name), limit, asked: formatAmount(locale, asked), amount: formatAmount(locale, amount) }
    }
  }
}

/** Writes a mail in the language of `localeTag` (English where there is none for it). Subjects hold nothing that a person typed. */
export function writeMail(localeTag: string, letter: Letter, sender: Sender): { readonly subject: string; readonly text: string } {
  const locale = appLocale(localeTag)
  const values = { ...valuesOf(locale, letter), service: sender.name, supportEmail: sender.supportEmail }
  const text = formatMessage(locale, `mail.${letter.kind}.text`, values)
  const foot = formatMessage(locale, sender.sandbox ? 'mail.footSandbox' : 'mail.foot', values)
  return { subject: oneLine(formatMessage(locale, `mail.${letter.kind}.subject`, values)), text: `${text}\n\n-- \n${foot}\n` }
}
