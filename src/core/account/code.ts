/** A code is good for ten minutes and five tries; a new one is sent 60 s after the last one at the earliest. */
export const codeLifeMs = 600_000
export const codeResendMs = 60_000
export const codeTries = 5
const codeLength = 6

/** How many codes there are: a number below it, from a cryptographic source without bias, makes one. */
export const codeSpace = 10 ** codeLength

/** Six digits with their leading zeros. `number` is an integer, 0 <= number < {@link codeSpace}. */
export const codeText = (number: number): string => String(number).padStart(codeLength, '0')

const codePattern = /^[0-9]{6}$/

/**
 * Reads a typed or pasted code: blanks and hyphens between and around the digits are dropped. Undefined where that is not six ASCII digits:
 * letters, other numerals and nothing at all are no code, and cost no try.
 */
export function readMailCode(text: string): string | undefined {
  if (text.length > 20) return undefined
  const compact = text.replace(/[ \t-]/g, '')
  return codePattern.test(compact) ? compact : undefined
}
