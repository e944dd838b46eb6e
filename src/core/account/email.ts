import { no, type Outcome, ok } from '../failure/outcome.ts'

/** `address` is what mails are sent to; `key` is one form for one mailbox, by which accounts are told apart. */
export type Email = { readonly address: string; readonly key: string; readonly local: string; readonly domain: string }

const mostCharacters = 254
const mostOfLocal = 64
const mostOfDomain = 253
const localPattern = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const labelPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const lastLabelPattern = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/

/**
 * Reads an e-mail address as people type it: blanks around it are dropped, full-width letters and stops of an input method are read as their
 * plain forms, the domain is lower-cased. ASCII only (an international domain in its xn-- form), no quotes, no comments, no address literals.
 * Letters' case in the local part is kept for sending and ignored for telling accounts apart, as every large provider does.
 * Decline: `email_invalid`. Source: RFC 5321, 4.5.3.1 and RFC 3696, 3.
 */
export function parseEmail(text: string): Outcome<Email> {
  if (text.length > mostCharacters * 2) return no('email_invalid')
  const plain = text.normalize('NFKC').replaceAll('。', '.').trim()
  const at = plain.lastIndexOf('@')
  const local = plain.slice(0, Math.max(at, 0))
  const domain = plain.slice(at + 1).toLowerCase()
  const isGood = at > 0 && plain.length <= mostCharacters && local.length <= mostOfLocal && localPattern.test(local) && isDomain(domain)
  if (!isGood) return no('email_invalid')
  return ok({ address: `${local}@${domain}`, key: `${local.toLowerCase()}@${domain}`, local, domain })
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  return (
    domain.length <= mostOfDomain && labels.length >= 2 && labels.every(label => labelPattern.test(label)) && lastLabelPattern.test(last)
  )
}

/** `shared`: names of the list under which anybody may register a domain, so that what stands below them is somebody else's. */
export type ThrowawayDomains = { readonly listed: ReadonlySet<string>; readonly shared: ReadonlySet<string> }

/** The listed domain that this one is or stands below; undefined where there is none. */
export function throwawayDomain(domain: string, { listed, shared }: ThrowawayDomains): string | undefined {
  if (listed.has(domain)) return domain
  for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
    const parent = domain.slice(dot + 1)
    if (listed.has(parent) && !shared.has(parent)) return parent
  }
  return undefined
}
