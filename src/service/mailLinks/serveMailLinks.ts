import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formatMessage } from '#locales/format.ts'
import { directionOf, intlTag } from '#locales/index.ts'
import { assets, type Reader, readerOf } from '../checkout/frame.ts'
import { type Html, html } from '../checkout/html.ts'
import type { Feature, MailLink, MailLinkName, MailLinks, ServicePorts } from '../ports.ts'
import { tokenHash } from '../sessions.ts'

const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

type Part = 'title' | 'text' | 'press' | 'done'

function pageOf({ locale }: Reader, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${intlTag(locale)}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
<link rel="stylesheet" href="${assets.style.path}">
</head>
<body>
<div class="page">
<header><div class="top"><span class="mark"><span class="seal" aria-hidden="true">O</span>OKPAY</span></div></header>
<main><h1>${title}</h1>${body}</main>
</div>
</body>
</html>`.markup
}

/** What a link has to say: what it would do, that it is done, that it is good for nothing any more, or that the service cannot just now. */
function answer(reply: FastifyReply, reader: Reader, name: MailLinkName, state: 'open' | 'done' | 'gone' | 'later'): FastifyReply {
  const say = (part: Part) => formatMessage(reader.locale, `mailLinks.links.${name}.${part}`)
  const [status, title, body] =
    state === 'gone' || state === 'later'
      ? ([
          state === 'gone' ? 404 : 503,
          formatMessage(reader.locale, `mailLinks.${state}.title`),
          html`<p>${formatMessage(reader.locale, `mailLinks.${state}.text`)}</p>`,
        ] as const)
      : state === 'done'
        ? ([200, say('title'), html`<p role="status">${say('done')}</p>`] as const)
        : ([
            200,
            say('title'),
            html`<p>${say('text')}</p><form method="post"><div class="acts"><button class="btn go">${say('press')}</button></div></form>`,
          ] as const)
  return reply
    .code(status)
    .header('content-security-policy', policy)
    .type('text/html; charset=utf-8')
    .send(pageOf(reader, title, body))
}

/** The pages of the links in our mails: one that says what a press does, and the press. `allow`: whether the address may try once more. */
export function serveMailLinks(
  app: FastifyInstance,
  features: readonly Feature[],
  portsNow: () => ServicePorts | undefined,
  allow: (address: string) => boolean,
): void {
  const links: MailLinks = Object.assign({}, ...features.map(({ mailLinks }) => mailLinks ?? {}))
  for (const [name, link] of Object.entries(links) as [MailLinkName, MailLink][]) {
    const serve =
      (isPress: boolean) =>
      async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
        const reader = readerOf(undefined, request.headers['accept-language'])
        const ports = portsNow()
        const { token } = request.params
        if (!ports || !allow(request.ip)) return answer(reply, reader, name, 'later')
        if (!tokenPattern.test(token)) return answer(reply, reader, name, 'gone')
        const hash = tokenHash(token)
        const now = ports.clock()
        if (!isPress) return answer(reply, reader, name, (await ports.store.read(tx => link.isOpen(tx, hash, now))) ? 'open' : 'gone')
        return answer(reply, reader, name, (await ports.store.write(tx => link.press(tx, ports, hash, now))) ? 'done' : 'gone')
      }
    app.get(`/mail/${name}/:token`, serve(false))
    app.post(`/mail/${name}/:token`, serve(true))
  }
}
