import { no, type Outcome, ok } from '../failure/outcome.ts'

/** In characters as people see them. */
const fewest = 6
const most = 60
const mostCodePoints = 200
const invisible = /(?![\u200c\u200d])[\p{C}\u2028\u2029]/u

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * A phrase that stands in each mail to a person, so that they know it for ours: NFC, blanks made single, 6 to 60 visible characters, no control or format
 * character, and neither the e-mail nor the name, which a forger knows. It is not compared with the password: the answer would tell whoever guesses.
 * Declines: mail_phrase_invalid, mail_phrase_known.
 */
export function parseMailPhrase(typed: string, { email, name }: { readonly email: string; readonly name: string }): Outcome<string> {
  const phrase = typed
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  const visible = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(phrase.slice(0, 2 * mostCodePoints))].length
  const isGood = visible >= fewest && visible <= most && [...phrase].length <= mostCodePoints && !invisible.test(phrase)
  if (!isGood) return no('mail_phrase_invalid', { min: String(fewest), max: String(most) })
  const known = [email, email.slice(0, Math.max(email.lastIndexOf('@'), 0)), name].map(bare)
  return bare(phrase) === '' || known.includes(bare(phrase)) ? no('mail_phrase_known') : ok(phrase)
}
