type Messages = Readonly<Record<string, string>>

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  n: 'ñ',
  c: 'ç',
}

/**
 * Rewrites the words of an ICU message and leaves its syntax (arguments, plural and select keys, tags) as it is.
 * Text inside of a plural or select branch is words again: each brace turns the one into the other.
 */
function rewriteWords(message: string, rewrite: (words: string) => string): string {
  let out = ''
  let words = ''
  const flush = () => {
    out += rewrite(words)
    words = ''
  }
  let depth = 0
  let inTag = false
  for (const character of message) {
    const isWords = depth % 2 === 0 && !inTag
    if (character === '{' || character === '}' || (isWords && character === '<')) flush()
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (isWords && character === '<') inTag = true
    if (isWords && !'{}<'.includes(character)) words += character
    else out += character
    if (character === '>') inTag = false
  }
  flush()
  return out
}

const accented = (words: string) => [...words].map(character => accents[character] ?? character).join('')

function mapped(messages: Messages, rewrite: (message: string) => string): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, rewrite(message)]))
}

/** One message accented, in brackets, and a third longer by what it says at least. */
function stretch(message: string): string {
  let letters = 0
  const words = rewriteWords(message, each => {
    letters += each.trim().length
    return accented(each)
  })
  return `[${words}${' ~'.repeat(Math.ceil(letters / 6))}]`
}

/** `en-XA`: every message stretched, so that a string outside of the locales and a narrow box both show. */
export const stretched = (messages: Messages): Messages => mapped(messages, stretch)

/** `ar-XB`: the words of English between marks that turn them from right to left. */
export const mirrored = (messages: Messages): Messages =>
  mapped(messages, message => rewriteWords(message, words => (words.trim() === '' ? words : `\u202e${words}\u202c`)))
