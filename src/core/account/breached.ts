/** Reads a piece of a list: from `from` on, at most `bytes`, as text of single bytes. */
export type ReadPiece = (from: number, bytes: number) => Promise<string>

/** Longer than a line of a list: 40 characters of SHA-1 in hexadecimal, a colon, a count, the end of the line. */
const longestLine = 64
const hashLength = 40

/** The first whole line that begins at `from` or after it, and where the next one begins; undefined where there is none. */
async function lineAfter(read: ReadPiece, from: number): Promise<{ readonly hash: string; readonly next: number } | undefined> {
  // One byte more at the front tells whether `from` is the beginning of a line.
  const start = Math.max(0, from - 1)
  const text = await read(start, 2 * longestLine)
  const begin = from === 0 ? 0 : text.indexOf('\n') + 1
  if (from > 0 && begin === 0) return undefined
  const line = text.slice(begin)
  if (line.length < hashLength) return undefined
  const end = line.indexOf('\n')
  return { hash: line.slice(0, hashLength).toUpperCase(), next: start + begin + (end < 0 ? line.length : end + 1) }
}

/**
 * Whether a SHA-1 (40 hexadecimal characters, upper case) stands in a list of `size` bytes: lines of `HASH:COUNT`, sorted by hash, as Have I Been Pwned
 * publishes them. A binary search: some thirty-five short reads of a list of 40 GB, and no more memory than one line.
 */
export async function isListed(read: ReadPiece, size: number, hash: string): Promise<boolean> {
  let low = 0
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const line = await lineAfter(read, middle)
    if (!line || line.hash > hash) high = middle
    else if (line.hash === hash) return true
    else low = line.next
  }
  return false
}
