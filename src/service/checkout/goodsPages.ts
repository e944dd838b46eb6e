import { parseDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { pageOf, type Reader } from './frame.ts'
import { type Good, isShopId, mostOfOne, type Shop, type ShopId, shops } from './goods.ts'
import { type Html, html } from './html.ts'

export type BasketLine = {
  readonly good: string
  readonly title: string
  readonly quantity: number
  readonly minor: bigint
  readonly onlyIn: readonly string[] | null
}

/** A price of the goods table in smallest units. Throws where the table holds what its currency cannot. */
function priceOf(currency: CurrencyCode, { price }: Good): bigint {
  const amount = parseDecimal(currency, price)
  if (!amount) throw new TypeError('a price is not an exact decimal of its currency')
  return amount.minor
}

const readQuantity = (text: string | undefined): number =>
  text !== undefined && /^\d{1,2}$/.test(text) ? Math.min(Number(text), mostOfOne) : 0

/** Reads a basket from an address or a form: `q.<good>` says how many. What is no good of this shop is left out. */
export function readBasket(reader: Reader, shopId: ShopId, fields: Readonly<Record<string, string>>): readonly BasketLine[] {
  const shop: Shop = shops[shopId]
  return Object.entries(shop.goods).flatMap(([good, row]) => {
    const quantity = readQuantity(fields[`q.${good}`])
    const minor = priceOf(shop.currency, row) * BigInt(quantity)
    return quantity > 0 ? [{ good, title: reader.goodOf(good), quantity, minor, onlyIn: row.onlyIn ?? null }] : []
  })
}

const basketFields = (lines: readonly BasketLine[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(({ good, quantity }) => [`q.${good}`, String(quantity)]))

export const shopsPage = (reader: Reader): string =>
  pageOf(reader, {
    title: reader.say('title'),
    path: '/shop',
    body: html`<div><h1>${reader.say('title')}</h1><p class="sub">${reader.say('intro')}</p></div>
<ul class="shops">${Object.entries<Shop>(shops).map(([id, shop]) => shopCard(reader, id, shop))}</ul>`,
  })

const shopCard = (reader: Reader, id: string, shop: Shop): Html =>
  html`<li><a class="shop" href="${reader.link(`/shop/${id}`)}" aria-label="${reader.say('visit', { shop: shop.name })}"><b>${shop.name}</b>
<span class="sub">${isShopId(id) ? reader.say(`about.${id}`) : ''}</span>
<span class="sub">${reader.say('currency', { name: reader.nameOf(shop.currency), code: shop.currency })}</span></a></li>`

function goodRow(reader: Reader, { currency }: Shop, key: string, good: Good, quantity: number): Html {
  const title = reader.goodOf(key)
  const restriction = good.onlyIn?.map(code => reader.country(code)).join(', ')
  return html`<li class="row"><span><b>${title}</b>${restriction !== undefined && html`<br><span class="sub">${reader.say('onlyIn', { country: restriction })}</span>`}</span>
<span class="amount">${reader.price(currency, priceOf(currency, good))}</span>
<input type="number" name="q.${key}" min="0" max="${mostOfOne}" value="${quantity}" inputmode="numeric" aria-label="${reader.say('quantity', { good: title })}"></li>`
}

/** The goods of one shop, with how many of each are in the basket so far. */
export function shopPage(reader: Reader, shopId: ShopId, lines: readonly BasketLine[]): string {
  const shop: Shop = shops[shopId]
  const inBasket = new Map(lines.map(line => [line.good, line.quantity]))
  const rows = Object.entries(shop.goods).map(([key, good]) => goodRow(reader, shop, key, good, inBasket.get(key) ?? 0))
  return pageOf(reader, {
    title: shop.name,
    path: `/shop/${shopId}`,
    query: basketFields(lines),
    body: html`<div><h1>${shop.name}</h1><p class="sub">${reader.say(`about.${shopId}`)}</p></div>
<form method="get" action="/shop/${shopId}/basket"><h2>${reader.say('goodsTitle')}</h2>
<ul class="rows">${rows}</ul>
${reader.asked !== undefined && html`<input type="hidden" name="lang" value="${reader.asked}">`}
<p class="acts"><button class="btn go">${reader.say('toBasket')}</button><a class="btn plain" href="${reader.link('/shop')}">${reader.say('allShops')}</a></p></form>`,
  })
}

const basketTotal = (lines: readonly BasketLine[]): bigint => lines.reduce((sum, line) => sum + line.minor, 0n)

const lineRow = (reader: Reader, currency: CurrencyCode, { title, quantity, minor }: BasketLine): Html =>
  html`<li class="row plain"><span><b>${title}</b> <span class="sub">× ${quantity}</span></span><span class="amount">${reader.price(currency, minor)}</span></li>`

/** The basket before check-out, or what to do where it is empty. */
export function basketPage(reader: Reader, shopId: ShopId, lines: readonly BasketLine[]): string {
  const { name, currency } = shops[shopId]
  const fields = Object.entries(basketFields(lines))
  const back = reader.link(`/shop/${shopId}`, basketFields(lines))
  const empty = html`<p><b>${reader.say('basketEmpty')}</b><br><span class="sub">${reader.say('basketEmptyHint')}</span></p>
<p class="acts"><a class="btn" href="${back}">${reader.say('back')}</a></p>`
  const full = html`<ul class="rows">${lines.map(line => lineRow(reader, currency, line))}
<li class="row plain sum"><span>${reader.say('total')}</span><span class="amount">${reader.price(currency, basketTotal(lines))}</span></li></ul>
<form method="post" action="${reader.link(`/shop/${shopId}/orders`)}">${fields.map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}
<p class="acts"><button class="btn go">${reader.say('checkout')}</button><a class="btn plain" href="${back}">${reader.say('change')}</a></p></form>`
  return pageOf(reader, {
    title: `${reader.say('basketTitle')} · ${name}`,
    path: `/shop/${shopId}/basket`,
    query: basketFields(lines),
    body: html`<div><h1>${reader.say('basketTitle')}</h1><p class="sub">${name}</p></div>${lines.length > 0 ? full : empty}`,
  })
}

/** One sentence in place of a page, and the way back. */
export const wordPage = (reader: Reader, what: 'notFound' | 'sealed' | 'refused'): string =>
  pageOf(reader, {
    title: reader.say(`${what}.what`),
    path: '/shop',
    body: html`<div><h1>${reader.say(`${what}.what`)}</h1><p class="sub">${reader.say(`${what}.next`)}</p></div>
<p class="acts"><a class="btn" href="${reader.link('/shop')}">${reader.say('allShops')}</a></p>`,
  })
