/** Scripts that are written without spaces: each character is a word of its own in the index, and a run of them is found as a phrase. */
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/gu
const endsUnspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]$/u
const plainLatin = /^[\x20-\x7e]*$/
const wordCharacter = /[\p{L}\p{N}\p{M}\p{Co}]/u

const fold = (text: string): string => text.normalize('NFKC').replace(/\p{Cc}/gu, ' ')

/** A text as it goes to the search index. The same splitting on both sides is what makes every Chinese substring found. */
export const indexed = (text: string): string => (plainLatin.test(text) ? text : fold(text).replace(unspaced, ' $& '))

/**
 * What a person typed, as an FTS5 expression: every word must be there; a Latin one may go on ("subscr" finds "subscription"),
 * a Chinese one is found anywhere. Undefined where it holds no word at all.
 */
export function matchOf(query: string): string | undefined {
  const words = fold(query)
    .split(/\s+/u)
    .filter(word => wordCharacter.test(word))
    .slice(0, 20)
  if (words.length === 0) return undefined
  return words
    .map(word => `"${word.replace(unspaced, ' $& ').replaceAll('"', ' ').trim()}"${endsUnspaced.test(word) ? '' : '*'}`)
    .join(' AND ')
}
