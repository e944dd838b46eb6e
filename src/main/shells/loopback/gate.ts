import type { IncomingMessage } from 'node:http'

/**
 * Whether a request names exactly this server and comes from its own page or from the address bar (SECURITY.md, point 9). The exact host keeps out
 * names that were pointed at 127.0.0.1 (DNS rebinding), the exact origin keeps out other pages.
 */
export function isOwnRequest({ headers }: IncomingMessage, port: number): boolean {
  const own = `127.0.0.1:${port}`
  if (headers.host !== own) return false
  if (headers.origin !== undefined && headers.origin !== `http://${own}`) return false
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** A socket must come from the page itself: browsers always send its origin. */
export const isOwnUpgrade = (request: IncomingMessage, port: number): boolean =>
  isOwnRequest(request, port) && request.headers.origin === `http://127.0.0.1:${port}`

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')
