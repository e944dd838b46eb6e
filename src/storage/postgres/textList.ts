const textType = 25
const headerBytes = 20
const lengthBytes = 4

/**
 * A list of at least one text as PostgreSQL keeps it (`array_recv`: dimensions, whether there are NULLs, type, length, lower bound, then each with its length). As text each
 * quote of a JSON would be escaped here and read again there.
 */
export function textList(texts: readonly (string | null)[]): Buffer {
  const lengths = texts.map(text => (text === null ? -1 : Buffer.byteLength(text)))
  const list = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + lengthBytes + Math.max(0, length), headerBytes))
  const head = [1, texts.includes(null) ? 1 : 0, textType, texts.length, 1]
  for (const [index, number] of head.entries()) list.writeInt32BE(number, index * lengthBytes)
  let at = headerBytes
  for (const [index, text] of texts.entries()) {
    at = list.writeInt32BE(lengths[index] ?? -1, at)
    if (text !== null) at += list.write(text, at)
  }
  return list
}
