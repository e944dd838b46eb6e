import { no, type Outcome, ok } from '../failure/outcome.ts'

const mostCharacters = 100
/** A visible character may be several code points (a letter with its accents), but not a tower of them. */
const mostCodePoints = 200
/** Joiners shape letters in Persian and in Indian scripts; every other invisible character is refused. */
const invisible = /(?![\u200c\u200d])[\p{C}\u2028\u2029]/u
const blanks = /\p{Zs}+/gu

/**
 * A person's name, in any script: NFC, blanks made single and dropped at the ends, 1 to 100 visible characters with a letter among them, no
 * control, format or private-use character. Decline: `name_invalid`.
 */
export function parseName(text: string): Outcome<string> {
  if (text.length > mostCodePoints * 2) return no('name_invalid')
  const name = text.normalize('NFC').replace(blanks, ' ').trim()
  const visible = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name)].length
  const isGood =
    visible >= 1 && visible <= mostCharacters && [...name].length <= mostCodePoints && !invisible.test(name) && /\p{L}/u.test(name)
  return isGood ? ok(name) : no('name_invalid', { max: String(mostCharacters) })
}

/** Decline: `country_unknown`. `known` holds the ISO 3166-1 alpha-2 codes. */
export const parseCountry = (code: string, known: ReadonlySet<string>): Outcome<string> =>
  known.has(code) ? ok(code) : no('country_unknown')

const youngest = 13
const oldest = 130
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Full years from a day of birth to `now` (milliseconds), by the calendar of UTC. Who was born on 29 February is a year older on 1 March where the year has no
 * such day. Undefined where it is no day of the calendar.
 */
export function ageOn(text: string, now: number): number | undefined {
  const parts = dayPattern.exec(text)
  if (!parts) return undefined
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const today = new Date(now)
  const hadBirthday = today.getUTCMonth() > month - 1 || (today.getUTCMonth() === month - 1 && today.getUTCDate() >= day)
  return today.getUTCFullYear() - year - (hadBirthday ? 0 : 1)
}

/**
 * A day of birth, ISO 8601: a day of the calendar, 13 to 130 years before `now` (milliseconds), by the calendar of UTC. Others are taken for a
 * mistyped date. Decline: `birth_date_invalid`.
 */
export function parseBirthDay(text: string, now: number): Outcome<string> {
  const age = ageOn(text, now)
  return age !== undefined && age >= youngest && age <= oldest ? ok(text) : no('birth_date_invalid')
}
