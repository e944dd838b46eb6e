/** A piece of HTML whose values were escaped. */
export type Html = { readonly markup: string }
export type HtmlValue = string | number | Html | readonly Html[] | undefined | false

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, character => entities[character] ?? character)

function write(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  if ('markup' in value) return value.markup
  return value.map(piece => piece.markup).join('')
}

/** Builds HTML: what stands in `${}` is text and is escaped, unless it is HTML itself. */
export const html = (pieces: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => ({
  markup: pieces.reduce((markup, piece, index) => markup + write(values[index - 1]) + piece),
})

/** Markup that was made by a trusted writer, such as the QR's. */
export const trusted = (markup: string): Html => ({ markup })
