import encodeQR from 'qr'
import { payLink } from '#contracts/wire/links.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Order, OrderState } from '#core/payment/order.ts'
import { amountParts } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import { amountWire, iso } from '../wires.ts'
import { pageOf, type Reader } from './frame.ts'
import { type Html, html, trusted } from './html.ts'

const states = ['open', 'held', 'paid', 'cancelled', 'expired'] as const satisfies readonly OrderState[]

/** The code in two groups, as it is read aloud and typed. */
const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** When it was paid, in words; empty until then. */
export function paidAt({ locale }: Reader, order: Order, now: Instant): string {
  const paid = order.timeline.find(step => step.state === 'paid')
  return paid ? formatMoment(locale, iso(paid.at), new Date(now)) : ''
}

/** A part of the page that shows only in some states; the script changes which. */
const during = (order: Order, shown: readonly OrderState[], part: Html): Html =>
  html`<div data-when="${shown.join(' ')}"${shown.includes(order.state) ? undefined : html` hidden`}>${part}</div>`

function bigAmount({ locale }: Reader, order: Order): Html {
  const { unit, gap, whole, fraction } = amountParts(locale, amountWire(order.currency, order.minor))
  return html`<p class="big"><span class="unit">${unit}</span>${gap === '' ? '' : gap}${whole}<span class="unit">${fraction}</span></p>`
}

const stateBadge = (reader: Reader, order: Order): Html =>
  html`<div aria-live="polite">${states.map(state =>
    during(
      order,
      [state],
      html`<span class="state ${state}">${reader.say(`states.${state}.what`)}</span><p class="sub">${reader.say(`states.${state}.next`)}</p>`,
    ),
  )}</div>`

function details(reader: Reader, order: Order, now: Instant): Html {
  const rows = order.lines.map(
    ({ title, quantity, minor }) =>
      html`<div><dt>${title} × ${quantity}</dt><dd class="amount">${reader.price(order.currency, minor)}</dd></div>`,
  )
  return html`<dl><div><dt>${reader.say('payee')}</dt><dd>${order.shop.name}</dd></div>
<div><dt>${reader.say('reference')}</dt><dd>${order.shopReference}</dd></div>
${rows}
<div class="total"><dt>${reader.say('total')}</dt><dd class="amount">${reader.price(order.currency, order.minor)}</dd></div></dl>
${during(order, ['paid'], html`<dl><div><dt>${reader.say('paidAt')}</dt><dd data-paid-at>${paidAt(reader, order, now)}</dd></div></dl>`)}`
}

function waysToPay(reader: Reader, order: Order, serviceId: string): Html {
  const link = payLink(order.code, serviceId)
  const qr = trusted(encodeQR(link, 'svg', { ecc: 'medium', border: 4 }))
  return html`<div class="way"><a class="btn go" href="${link}">${reader.say('payWith')}</a><p class="sub">${reader.say('payHint')}</p>
<div class="or"><span class="sub">${reader.say('scan')}</span><div class="qr" role="img" aria-label="${reader.say('qrLabel')}">${qr}</div></div>
<div class="or"><span class="sub">${reader.say('code')}</span><span class="code" data-code>${shownCode(order.code)}</span></div>
<div class="or"><span class="sub">${reader.say('expiresIn')} <span class="amount" data-left role="timer"></span></span>
<form method="post" action="${reader.link(`/shop/orders/${order.id}/cancel`)}"><button class="btn plain">${reader.say('cancel')}</button></form></div></div>`
}

/** The order's page: what is asked for, the three ways into OKPAY, and the state as it is, alive. */
export function orderPage(reader: Reader, order: Order, serviceId: string, shopPath: string, now: Instant): string {
  const poll = reader.link(`/shop/orders/${order.id}/state`, { waitMs: '20000' })
  const again = html`<div class="way"><a class="btn" href="${reader.link(shopPath)}">${reader.say('again')}</a></div>`
  return pageOf(reader, {
    title: reader.say('orderTitle', { reference: order.shopReference }),
    path: `/shop/orders/${order.id}`,
    script: true,
    body: html`<noscript><meta http-equiv="refresh" content="3"></noscript>
<article class="slip" data-order="${poll}" data-state="${order.state}" data-now="${now}" data-ends="${order.expiresAt}">
<header><h1 class="sub">${order.shop.name}</h1>${bigAmount(reader, order)}${stateBadge(reader, order)}
<p class="sub" data-offline hidden>${reader.say('offline')}</p></header>
${details(reader, order, now)}
${during(order, ['open'], waysToPay(reader, order, serviceId))}
${during(order, ['paid', 'cancelled', 'expired'], again)}
</article>`,
  })
}
