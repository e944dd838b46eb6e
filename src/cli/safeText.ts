/** Control characters, and those that turn the direction of a line around: a payee's name must neither write over the terminal nor read backwards. */
const unsafe = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A text from elsewhere as one line that a terminal shows as it is. */
export const plain = (text: string): string => text.replace(unsafe, ' ')

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** JSON whose strings are the same when it is read, and harmless when it is looked at. */
export const jsonText = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent)
    .split('\n')
    .map(line => line.replace(unsafe, escaped))
    .join('\n')
