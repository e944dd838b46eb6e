/** Fetches a small text over HTTPS (or HTTP to this computer). Throws where it is slow, too big, moved or not there. */
export async function fetchLimited(url: string, { timeoutMs, mostBytes }: { readonly timeoutMs: number; readonly mostBytes: number }) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error', headers: { accept: 'application/xml' } })
  if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`)
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer.body) {
    bytes += piece.length
    if (bytes > mostBytes) throw new Error('the answer is too big')
    pieces.push(piece)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
}
