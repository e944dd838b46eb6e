import type { Act } from '#contracts/wire/secondFactor.ts'
import type { RiskAlert, RiskReason } from '#contracts/wire/shapes.ts'
import type { ContactKind } from '#core/account/contactDetails.ts'
import type { LockReason } from '#core/accountLock/accountLock.ts'
import type { RejectCode, StepState } from '#core/identity/step.ts'
import type { IdentityStep } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { LimitKind } from '#core/limits/policy.ts'
import { type AmountText, formatAmount } from '#locales/amounts.ts'
import { formatMessage } from '#locales/format.ts'
import { type AppLocale, appLocale, intlTag } from '#locales/index.ts'
import { sayRiskReason } from '#locales/risks.ts'

/** What changed in an account's safety. */
export type SafetyNews =
  | 'app_on'
  | 'app_off'
  | 'mail_on'
  | 'mail_off'
  | 'recovery_renewed'
  | 'recovery_used'
  | 'password_changed'
  | 'phrase_changed'
  | 'reset_waiting'
  | 'reset_stopped'

/** What became of a step of an identity. */
export type IdentityNews = StepState['state']

/** What a mail tells, with what its text needs. `device` and texts of people are cut to what is printable. */
export type Letter =
  | { readonly kind: 'code'; readonly code: string; readonly minutes: number }
  | { readonly kind: 'hasAccount' | 'noAccount' }
  | { readonly kind: 'resetCode'; readonly code: string; readonly minutes: number }
  | {
      readonly kind: 'factorCode'
      readonly code: string
      readonly minutes: number
      readonly act: 'sign_in' | Act['kind']
      readonly amount: AmountText | null
      /** Who is paid, or which device is signed out. */
      readonly whom: string
    }
  | {
      readonly kind: 'safety'
      readonly what: SafetyNews
      readonly name: string
      readonly at: Instant
      readonly until: Instant
      readonly timeZone: string
    }
  | { readonly kind: 'contactCode'; readonly what: ContactKind; readonly code: string; readonly minutes: number }
  | {
      readonly kind: 'contactChanged'
      readonly what: ContactKind
      readonly name: string
      /** The new one, as much of it as may be told to the old one. */
      readonly masked: string
      readonly url: string
      readonly at: Instant
      readonly until: Instant
      readonly timeZone: string
    }
  | { readonly kind: 'contactUndone'; readonly what: ContactKind; readonly name: string; readonly at: Instant; readonly timeZone: string }
  | {
      readonly kind: 'welcome' | 'newDevice' | 'deviceRevoked'
      readonly name: string
      readonly device: string
      readonly at: Instant
      readonly timeZone: string
    }
  | { readonly kind: 'answered'; readonly name: string; readonly number: number; readonly question: string; readonly answer: string }
  | {
      readonly kind: 'identity'
      readonly what: IdentityNews
      readonly step: IdentityStep
      readonly name: string
      /** The code of a rejection, '' where it is none; and what an operator wrote. */
      readonly code: RejectCode | ''
      readonly sentence: string
    }
  | { readonly kind: 'securityHold'; readonly reason: LockReason; readonly name: string; readonly at: Instant; readonly timeZone: string }
  | {
      readonly kind: 'freeze'
      readonly what: 'set' | 'opening' | 'stopped' | 'lifted'
      readonly name: string
      readonly at: Instant
      readonly until: Instant
      readonly timeZone: string
    }
  | { readonly kind: 'securityHoldOver'; readonly name: string }
  | {
      readonly kind: 'limitAnswered'
      readonly name: string
      readonly limit: LimitKind
      readonly asked: AmountText
      readonly amount: AmountText
      /** In the operator's words; '' where none were said. */
      readonly reason: string
    }
  | { readonly kind: 'limitRefused'; readonly name: string; readonly limit: LimitKind; readonly asked: AmountText; readonly reason: string }
  | {
      readonly kind: 'riskAlert'
      readonly state: RiskAlert['state']
      readonly name: string
      readonly amount: AmountText
      readonly shop: string
      readonly reasons: readonly RiskReason[]
      readonly at: Instant
      readonly timeZone: string
    }
  | {
      readonly kind: 'riskDecided'
      readonly what: 'approved' | 'refused' | 'lapsed'
      readonly name: string
      readonly amount: AmountText
      readonly shop: string
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
    case 'resetCode':
      return { code: letter.code, minutes: String(letter.minutes) }
    case 'hasAccount':
    case 'noAccount':
      return {}
    case 'factorCode': {
      const { code, minutes, act, amount, whom } = letter
      return { code, minutes: String(minutes), act, amount: amount ? formatAmount(locale, amount) : '', whom: oneLine(whom) }
    }
    case 'contactCode':
      return { what: letter.what, code: letter.code, minutes: String(letter.minutes) }
    case 'contactChanged': {
      const { what, name, masked, url, at, until, timeZone } = letter
      const times = { at: moment(locale, at, timeZone), until: moment(locale, until, timeZone) }
      return { what, name: oneLine(name), masked: oneLine(masked), url, ...times }
    }
    case 'contactUndone':
      return { what: letter.what, name: oneLine(letter.name), at: moment(locale, letter.at, letter.timeZone) }
    case 'freeze':
    case 'safety': {
      const { what, name, at, until, timeZone } = letter
      return { what, name: oneLine(name), at: moment(locale, at, timeZone), until: moment(locale, until, timeZone) }
    }
    case 'identity': {
      const { what, step, name, code, sentence } = letter
      return { what, step, name: oneLine(name), code: code === '' ? 'none' : code, sentence: manyLines(sentence) }
    }
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
      return { name: oneLine(letter.name), reason: letter.reason, at: moment(locale, letter.at, letter.timeZone) }

    case 'securityHoldOver':
      return { name: oneLine(letter.name) }
    case 'riskAlert': {
      const { state, name, amount, shop, reasons, at, timeZone } = letter
      return {
        ...{ state, name: oneLine(name), amount: formatAmount(locale, amount), shop: oneLine(shop), at: moment(locale, at, timeZone) },
        reasons: reasons.map(reason => `- ${sayRiskReason(locale, reason)}`).join('\n'),
      }
    }
    case 'riskDecided':
      return { what: letter.what, name: oneLine(letter.name), amount: formatAmount(locale, letter.amount), shop: oneLine(letter.shop) }
    case 'limitAnswered': {
      const { name, limit, asked, amount, reason } = letter
      const amounts = { asked: formatAmount(locale, asked), amount: formatAmount(locale, amount) }
      return { name: oneLine(name), limit, ...amounts, reason: manyLines(reason) || 'none' }
    }
    case 'limitRefused': {
      const { name, limit, asked, reason } = letter
      return { name: oneLine(name), limit, asked: formatAmount(locale, asked), reason: manyLines(reason) }
    }
  }
}

/**
 * Writes a mail in the language of `localeTag` (English where there is none for it). Subjects hold nothing that a person typed. `phrase`: what the person
 * chose to know our mails by; it comes first. `freezeUrl`: a link by which they stop all money at once.
 */
export function writeMail(
  localeTag: string,
  letter: Letter,
  sender: Sender,
  { freezeUrl, phrase = null }: { readonly freezeUrl?: string | undefined; readonly phrase?: string | null } = {},
): { readonly subject: string; readonly text: string } {
  const locale = appLocale(localeTag)
  const values = { ...valuesOf(locale, letter), service: sender.name, supportEmail: sender.supportEmail }
  const head = phrase === null ? '' : `${formatMessage(locale, 'mail.phrase', { phrase: oneLine(phrase) })}\n\n`
  const text = `${head}${formatMessage(locale, `mail.${letter.kind}.text`, values)}`
  const freeze = freezeUrl === undefined ? '' : `\n\n${formatMessage(locale, 'mail.freezeLink', { url: freezeUrl })}`
  const foot = formatMessage(locale, sender.sandbox ? 'mail.footSandbox' : 'mail.foot', values)
  return { subject: oneLine(formatMessage(locale, `mail.${letter.kind}.subject`, values)), text: `${text}${freeze}\n\n-- \n${foot}\n` }
}
