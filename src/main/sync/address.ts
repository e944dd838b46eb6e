import { no, type Outcome, ok } from '#core/failure/outcome.ts'

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * The address of a service as a person types it. https, or http on this computer only; no user, query or fragment, and no path but the root.
 * @returns the origin, without a slash at the end. Decline: service_address_invalid.
 */
export function readServiceAddress(text: string): Outcome<string> {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return no('service_address_invalid')
  const url = new URL(trimmed)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopbackNames.has(url.hostname))
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === '' && url.pathname === '/'
  return isSafe && isBare ? ok(url.origin) : no('service_address_invalid')
}
