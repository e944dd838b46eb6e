import { mod97 } from './mod97.ts'

/** A creditor reference in its electronic form: `RF`, two check digits, 1 to 21 of 0-9 A-Z. Source: ISO 11649:2009. */
export type CreditorReference = `RF${string}`

const bodyPattern = /^[0-9A-Z]{1,21}$/
const referencePattern = /^RF[0-9]{2}[0-9A-Z]{1,21}$/
/** Blanks of every kind, hyphens and dashes: what people and banks put between the groups. */
const separators = /[\s\u00ad\u2010-\u2015\u2212-]/g
const start = /RF[0-9]{2}/g

const checkDigits = (body: string): string => String(98 - mod97(`${body}RF00`)).padStart(2, '0')

/**
 * Makes the reference of a body of 1 to 21 letters and digits.
 * Give all bodies one length: then no reference is the beginning of another, and text glued behind it cannot name somebody else.
 * @throws TypeError where the body is not such: bodies are made by OKPAY, never typed.
 */
export function makeReference(body: string): CreditorReference {
  const upper = body.toUpperCase()
  if (!bodyPattern.test(upper)) throw new TypeError('the body of a creditor reference has 1 to 21 of 0-9 A-Z')
  return `RF${checkDigits(upper)}${upper}`
}

/** Claims that the text is a reference in electronic form whose check digits hold. 00, 01 and 99 never do, although they leave the same remainder. */
export const isReference = (text: string): text is CreditorReference =>
  referencePattern.test(text) && text.slice(2, 4) === checkDigits(text.slice(4))

/** Reads what a person typed or pasted, in any case, spacing or hyphenation; undefined where it is no valid reference. */
export function parseReference(text: string): CreditorReference | undefined {
  const compact = text.replace(separators, '').toUpperCase()
  return isReference(compact) ? compact : undefined
}

/** The print form: groups of four ("RF18 5390 0754 7034"), as ISO 11649 lays down for paper. */
export const printReference = (reference: CreditorReference): string => reference.replace(/.{4}(?=.)/g, '$& ')

/** More than a remittance text can name honestly; what comes after is left unread. */
const mostCandidates = 100

/**
 * Every reference that free text may name, in order and without repetition. Banks and people glue words before and behind a reference, so
 * each ending whose check digits hold is a candidate (about one in five references has a second one by chance): match them against known
 * references, never trust one by itself. Linear: at most 21 endings are tried at a place.
 */
export function findReferences(text: string): readonly CreditorReference[] {
  const compact = text.replace(separators, '').toUpperCase()
  const found = new Set<CreditorReference>()
  for (const { index } of compact.matchAll(start)) {
    const check = compact.slice(index, index + 4)
    let rest = 0
    for (let end = index + 4; end < Math.min(compact.length, index + 25); end += 1) {
      const character = compact.charAt(end)
      if (!bodyPattern.test(character)) break
      rest = mod97(character, rest)
      if (mod97(check, rest) !== 1) continue
      const candidate = compact.slice(index, end + 1)
      if (isReference(candidate)) found.add(candidate)
      if (found.size === mostCandidates) return [...found]
    }
  }
  return [...found]
}
