import type { MailLinkName, ServicePorts } from '../ports.ts'
import { tokenHash } from '../sessions.ts'

/** A token and where its page is. */
export function newMailLink(
  { random, url }: Pick<ServicePorts, 'random' | 'url'>,
  name: MailLinkName,
): { readonly hash: string; readonly url: string } {
  const token = Buffer.from(random(32)).toString('base64url')
  return { hash: tokenHash(token), url: `${url()}/mail/${name}/${token}` }
}
