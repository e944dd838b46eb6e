import { no, type Outcome, ok } from '../failure/outcome.ts'

const shortestPassword = 10
const longestPassword = 256

/** What a guesser who knows the person tries first. */
export type PersonalData = { readonly email: string; readonly name: string; readonly bornOn: string | null }

/** The form that is hashed: what looks the same on two keyboards is the same password (NIST SP 800-63B, 5.1.1.2: NFKC before hashing). */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

/**
 * Whether an account password may be used: length first, no rule about kinds of characters (NIST SP 800-63B, 5.1.1.2).
 * @param isCommon tells whether a lower-cased password is on the list of common ones.
 * @returns the form to hash. Declines: `password_too_short`, `password_too_long`, `password_common`, `password_personal`. How hard it is to guess is
 * measured beside it (`passwordStrength.ts`), and whether it was ever stolen is looked up in a file (`breached.ts`).
 */
export function checkPassword(password: string, person: PersonalData, isCommon: (password: string) => boolean): Outcome<string> {
  const normal = normalizePassword(password)
  const length = [...normal].length
  if (length < shortestPassword) return no('password_too_short', { min: String(shortestPassword) })
  if (length > longestPassword) return no('password_too_long', { max: String(longestPassword) })
  const plain = normal.toLowerCase()
  if (isGuessable(plain, isCommon)) return no('password_common')
  if (holdsPersonalData(plain, person)) return no('password_personal')
  return ok(normal)
}

/** On the list, or a thing on the list (or a piece of a few characters) written over and over, or a run along the alphabet or the digits. */
function isGuessable(plain: string, isCommon: (password: string) => boolean): boolean {
  if (isCommon(plain) || isRun(plain)) return true
  const characters = [...plain]
  for (let period = 1; period <= characters.length / 2; period += 1) {
    const isRepeated = characters.every((character, at) => character === characters[at % period])
    const unit = characters.slice(0, period).join('')
    if (isRepeated && (period <= 4 || isCommon(unit) || isRun(unit))) return true
  }
  return false
}

/** "abcdefghij", "9876543210", "1234567890": each character one after (or before) the last; 0 follows 9. */
function isRun(text: string): boolean {
  const points = [...text].map(character => character.codePointAt(0) ?? 0)
  const follows = (step: number) =>
    points.every((point, at) => {
      const before = points[at - 1]
      return before === undefined || point - before === step || (step > 0 ? before === 57 && point === 48 : before === 48 && point === 57)
    })
  return points.length > 2 && (follows(1) || follows(-1))
}

const isLong = (text: string) =>
  text.length >= 4 || (text.length >= 2 && /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text))
const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Contains the e-mail's local part, the name or a longer part of it, or the birthday as people write it, whatever stands between the parts. */
function holdsPersonalData(plain: string, { email, name, bornOn }: PersonalData): boolean {
  const local = email.slice(0, Math.max(email.lastIndexOf('@'), 0))
  const words = [local, name, ...name.split(/[^\p{L}\p{N}]+/u)].map(word => letters(word.normalize('NFKC'))).filter(isLong)
  const compact = letters(plain)
  return words.some(word => compact.includes(word)) || birthdays(bornOn).some(day => compact.replace(/[年月日]/g, '').includes(day))
}

/** 19900517, 17051990, 05171990 and the same with two digits of the year. */
function birthdays(bornOn: string | null): readonly string[] {
  if (bornOn === null) return []
  const [year = '', month = '', day = ''] = bornOn.split('-')
  return [year, year.slice(2)].flatMap(y => [y + month + day, day + month + y, month + day + y])
}
