import { no, type Outcome, ok } from '../failure/outcome.ts'

/** In characters as people see them. */
const mostCharacters = 60
const mostCodePoints = 200
const invisible = /(?![\u200c\u200d])[\p{C}\u2028\u2029]/u

/** What a person calls a device: NFC, blanks made single, 1 to 60 visible characters, no control or format character. Decline: device_name_invalid. */
export function parseDeviceName(text: string): Outcome<string> {
  const name = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  const visible = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name.slice(0, 2 * mostCodePoints))].length
  const isGood = visible >= 1 && visible <= mostCharacters && [...name].length <= mostCodePoints && !invisible.test(name)
  return isGood ? ok(name) : no('device_name_invalid', { max: String(mostCharacters) })
}
