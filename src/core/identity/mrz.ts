import { no, type Outcome, ok } from '../failure/outcome.ts'

/** What the machine-readable zone of a travel document says (ICAO Doc 9303, parts 3 to 6). Days are ISO 8601; names are in the zone's own letters. */
export type Mrz = {
  /** TD3 is a passport's, TD1 and TD2 are identity cards'. */
  readonly format: 'td1' | 'td2' | 'td3'
  /** Such as `P`, `PD`, `I`, `ID`. */
  readonly type: string
  /** As the document writes it: three letters, or `D`. */
  readonly issuer: string
  readonly number: string
  readonly nationality: string
  /** Surnames and given names, blanks between their parts. The zone may cut them short. */
  readonly surname: string
  readonly givenNames: string
  /** Null where the zone leaves the day or month open. */
  readonly bornOn: string | null
  readonly sex: 'F' | 'M' | 'X'
  readonly endsOn: string | null
}

type Field = 'lines' | 'characters' | 'number' | 'bornOn' | 'endsOn' | 'optional' | 'composite' | 'name'

const weights = [7, 3, 1] as const

/** What a character counts: digits themselves, letters from 10, the filler 0. */
function worth(character: string): number {
  const code = character.charCodeAt(0)
  if (code >= 48 && code <= 57) return code - 48
  return code >= 65 && code <= 90 ? code - 55 : 0
}

/** The check digit of ICAO 9303, part 3, 4.9: weights 7, 3, 1, modulo 10. */
export const mrzCheckDigit = (text: string): string =>
  String([...text].reduce((sum, character, index) => sum + worth(character) * (weights[index % 3] ?? 0), 0) % 10)

const filler = '<'
const withoutFiller = (text: string): string => text.split(filler).join(' ').trim()

/** Whether a check digit stands for a field; where the field is empty it may be left out. */
const isGood = (text: string, digit: string): boolean =>
  digit === mrzCheckDigit(text) || (digit === filler && text.split(filler).join('') === '')

/** `YYMMDD`: the last such day that is not after `latest`, a year. Undefined where it is none; null where day or month are left open. */
function dayOf(text: string, latest: number): string | null | undefined {
  if (!/^[0-9<]{6}$/.test(text)) return undefined
  if (text.includes(filler)) return null
  const short = Number(text.slice(0, 2))
  const year = latest - ((((latest - short) % 100) + 100) % 100)
  const [month, day] = [Number(text.slice(2, 4)), Number(text.slice(4, 6))]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined
}

/** `SURNAME<<GIVEN<NAMES`; a zone without the double filler holds a surname alone. */
function namesOf(text: string): Pick<Mrz, 'surname' | 'givenNames'> | undefined {
  const cut = text.indexOf('<<')
  const surname = withoutFiller(cut === -1 ? text : text.slice(0, cut))
  return surname === '' || /[0-9]/.test(text) ? undefined : { surname, givenNames: cut === -1 ? '' : withoutFiller(text.slice(cut)) }
}

/** The parts of a zone, each text beside its check digit. */
type Parts = {
  readonly head: string
  readonly names: string
  readonly number: readonly [text: string, digit: string]
  readonly nationality: string
  readonly bornOn: readonly [text: string, digit: string]
  readonly sex: string
  readonly endsOn: readonly [text: string, digit: string]
  readonly optional: readonly [text: string, digit: string] | null
  readonly composite: readonly [text: string, digit: string]
}

/** A number longer than nine characters goes on in the optional data, its check digit behind it (TD1 and TD2: part 5, 4.2.2.1, note j). */
function longNumber(number: string, digit: string, optional: string): readonly [string, string] {
  if (digit !== filler) return [number, digit]
  const end = optional.indexOf(filler)
  const rest = end === -1 ? optional : optional.slice(0, end)
  return rest.length < 2 ? [number, digit] : [number + rest.slice(0, -1), rest.slice(-1)]
}

function td3([one = '', two = '']: readonly string[]): Parts {
  return {
    ...{ head: one.slice(0, 5), names: one.slice(5) },
    ...{ number: [two.slice(0, 9), two.charAt(9)], nationality: two.slice(10, 13), bornOn: [two.slice(13, 19), two.charAt(19)] },
    ...{ sex: two.charAt(20), endsOn: [two.slice(21, 27), two.charAt(27)], optional: [two.slice(28, 42), two.charAt(42)] },
    composite: [two.slice(0, 10) + two.slice(13, 20) + two.slice(21, 43), two.charAt(43)],
  }
}

function td2([one = '', two = '']: readonly string[]): Parts {
  return {
    ...{ head: one.slice(0, 5), names: one.slice(5), number: longNumber(two.slice(0, 9), two.charAt(9), two.slice(28, 35)) },
    ...{ nationality: two.slice(10, 13), bornOn: [two.slice(13, 19), two.charAt(19)], sex: two.charAt(20) },
    ...{ endsOn: [two.slice(21, 27), two.charAt(27)], optional: null },
    composite: [two.slice(0, 10) + two.slice(13, 20) + two.slice(21, 35), two.charAt(35)],
  }
}

function td1([one = '', two = '', three = '']: readonly string[]): Parts {
  return {
    ...{ head: one.slice(0, 5), names: three, number: longNumber(one.slice(5, 14), one.charAt(14), one.slice(15, 30)) },
    ...{ nationality: two.slice(15, 18), bornOn: [two.slice(0, 6), two.charAt(6)], sex: two.charAt(7) },
    ...{ endsOn: [two.slice(8, 14), two.charAt(14)], optional: null },
    composite: [one.slice(5, 30) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18, 29), two.charAt(29)],
  }
}

const formats = {
  td1: { lines: 3, length: 30, parts: td1 },
  td2: { lines: 2, length: 36, parts: td2 },
  td3: { lines: 2, length: 44, parts: td3 },
}
const formatNames = ['td3', 'td1', 'td2'] as const
const longest = 3 * 44 * 4

/** The lines as people type them: blanks and small letters are let pass, and the marks for `<` that keyboards and copies put in its place. */
function tidyLines(text: string): readonly string[] {
  return text
    .slice(0, longest)
    .toUpperCase()
    .replace(/[‹«＜〈]/g, mark => (mark === '«' ? '<<' : filler))
    .split(/\r?\n/)
    .map(line => line.replace(/[ \t]/g, ''))
    .filter(line => line !== '')
}

const wrong = (field: Field) => no('mrz_invalid', { field })

/**
 * Reads a machine-readable zone of two or three lines and checks each of its check digits. `now` (milliseconds) tells which century a year is of: births lie
 * in the past, ends at most fifty years ahead.
 * Decline: mrz_invalid, whose `field` names what does not fit first: lines, characters, name, number, bornOn, endsOn, optional or composite.
 */
export function readMrz(text: string, now: number): Outcome<Mrz> {
  const lines = tidyLines(text)
  const format = formatNames.find(name => formats[name].lines === lines.length && lines.every(line => line.length === formats[name].length))
  if (text.length > longest || format === undefined) return wrong('lines')
  if (!lines.every(line => /^[A-Z0-9<]+$/.test(line))) return wrong('characters')
  const parts = formats[format].parts(lines)
  const names = namesOf(parts.names)
  if (!names || /[0-9]/.test(parts.head) || /[0-9]/.test(parts.nationality)) return wrong('name')
  const number = withoutFiller(parts.number[0]).split(' ').join('')
  if (!isGood(...parts.number) || number === '') return wrong('number')
  const year = new Date(now).getUTCFullYear()
  const bornOn = dayOf(parts.bornOn[0], year)
  if (!isGood(...parts.bornOn) || bornOn === undefined) return wrong('bornOn')
  const endsOn = dayOf(parts.endsOn[0], year + 50)
  if (!isGood(...parts.endsOn) || endsOn === undefined) return wrong('endsOn')
  if (parts.optional && !isGood(...parts.optional)) return wrong('optional')
  if (parts.composite[1] !== mrzCheckDigit(parts.composite[0])) return wrong('composite')
  return ok({
    ...{ format, type: withoutFiller(parts.head.slice(0, 2)), issuer: withoutFiller(parts.head.slice(2)), number },
    ...{ nationality: withoutFiller(parts.nationality), ...names, bornOn, endsOn },
    sex: parts.sex === 'F' || parts.sex === 'M' ? parts.sex : 'X',
  })
}
