/** A PDF of pages of 300 x 200 points that say a word each; `content` in the place of the first one's own. */
export function pdfOf(words: readonly string[], content?: Buffer, filter = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const add = (text: string): void => {
    parts.push(Buffer.from(text, 'latin1'))
  }
  const kids = words.map((_, index) => `${3 + 2 * index} 0 R`).join(' ')
  add('1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n')
  add(`2 0 obj<</Type/Pages/Kids[${kids}]/Count ${words.length}>>endobj\n`)
  for (const [index, word] of words.entries()) {
    const own = index === 0 && content ? content : Buffer.from(`BT /F1 24 Tf 20 100 Td (${word}) Tj ET`)
    const [page, text] = [3 + 2 * index, 4 + 2 * index]
    const font = '/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>'
    add(`${page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${text} 0 R${font}>>endobj\n`)
    add(`${text} 0 obj<</Length ${own.length}${index === 0 ? filter : ''}>>stream\n`)
    parts.push(own)
    add('\nendstream endobj\n')
  }
  add('trailer<</Root 1 0 R>>')
  return Buffer.concat(parts)
}
