import { chineseWords } from './chineseWords.ts'

export type PasswordStrength = { readonly score: 0 | 1 | 2 | 3 | 4; readonly acceptable: boolean; readonly warnings: readonly string[] }

const shortest = 8
/** What is easier to guess is not taken, for the app or for the account. */
export const leastScore = 3
/** zxcvbn's time grows with the square of the length; what is longer is as strong as its beginning. */
const measuredLength = 100

type Estimate = (password: string) => { score: 0 | 1 | 2 | 3 | 4; warnings: readonly string[] }

let estimate: Promise<Estimate> | undefined

/** The dictionaries are a megabyte: loaded when the first password is typed. */
async function loadEstimate(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  const zxcvbn = new ZxcvbnFactory({ dictionary: { ...common.dictionary, chineseWords }, graphs: common.adjacencyGraphs })
  return password => {
    const { score, feedback } = zxcvbn.check(password)
    return { score, warnings: feedback.warning ? [feedback.warning] : [] }
  }
}

/**
 * How hard a password is to guess: 0 (at once) to 4, by zxcvbn. Acceptable from 8 characters and 3.
 * `warnings` are codes: `tooShort`, or zxcvbn's own, such as `sequences`, `dates`, `topTen`, `simpleRepeat`.
 */
export async function measurePassword(password: string): Promise<PasswordStrength> {
  estimate ??= loadEstimate()
  const measured = (await estimate)(password.slice(0, measuredLength))
  const isShort = [...password].length < shortest
  return {
    score: isShort && measured.score > 1 ? 1 : measured.score,
    acceptable: !isShort && measured.score >= leastScore,
    warnings: isShort ? ['tooShort', ...measured.warnings] : measured.warnings,
  }
}
