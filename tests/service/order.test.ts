import encodeQR from 'qr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPayText } from '#contracts/wire/links.ts'
import { parseDecimal } from '#core/money/amount.ts'
import { shops } from '#service/checkout/goods.ts'
import { call, confirmation, get, registerHolder, startTestService, type TestHolder, type TestService, topUp } from '../support/service.ts'

let service: TestService
let lin: TestHolder
beforeAll(async () => {
  service = await startTestService()
  lin = await registerHolder(service)
  await topUp(service, lin, 'EUR', '200.00')
}, 60_000)
afterAll(() => service.stop())

const page = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(service.url + path, { headers })).text()

/** Checks out as a browser does; answers the path of the order's page. */
async function checksOut(shop: string, basket: Record<string, string>, lang = 'en'): Promise<string> {
  const response = await fetch(`${service.url}/shop/${shop}/orders?lang=${lang}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: service.url },
    body: new URLSearchParams(basket),
  })
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}

const codeOn = (html: string): string => /data-code>([0-9A-Z-]{9})</.exec(html)?.[1] ?? ''
const stateOf = (path: string, seen = '', waitMs = 0) =>
  get<{ state: string; paidAt: string }>(service, `${path.split('?')[0]}/state?seen=${seen}&waitMs=${waitMs}`)

describe('the sandbox shops', () => {
  it('show every good of every shop with its price, in Chinese and in English, and say that they are a sandbox', async () => {
    for (const lang of ['en', 'zh-CN'])
      for (const [id, { goods }] of Object.entries(shops)) {
        const html = await page(`/shop/${id}?lang=${lang}`)
        expect(html).toContain(lang === 'en' ? 'Sandbox: a simulated shop' : '沙盒：这是模拟商店')
        expect(html.match(/type="number"/g)).toHaveLength(Object.keys(goods).length)
        expect(html).not.toMatch(/shop\.(goods|about|states)/)
        for (const key of Object.keys(goods)) expect(html).not.toContain(`<b>${key}</b>`)
      }
  })

  it('hold prices that their currency can', () => {
    for (const { currency, goods } of Object.values(shops))
      for (const { price } of Object.values(goods)) expect(parseDecimal(currency, price)?.minor).toBeGreaterThan(0n)
  })

  it('follow the language of the browser where the address names none', async () => {
    expect(await page('/shop', { 'accept-language': 'fr, zh-TW;q=0.9, en;q=0.1' })).toContain('lang="zh-CN"')
    expect(await page('/shop', { 'accept-language': 'fr' })).toContain('<html lang="en"')
  })

  it('keep all of their content in the banner and one main part', async () => {
    const paths = ['/shop', '/shop/lumen', '/shop/lumen/basket', '/shop/lumen/basket?q.fieldNotes=1', '/shop/nowhere']
    for (const path of [...paths, await checksOut('lumen', { 'q.fieldNotes': '1' })]) {
      const html = await page(path)
      const body = /<div class="page">(.*)<\/div>\s*<\/body>/s.exec(html)?.[1]?.trim() ?? ''
      const parts = body.split(/(?<=<\/header>)\s*(?=<main>)/)
      expect(parts, path).toHaveLength(2)
      expect(parts[0], path).toMatch(/^<header>(?:(?!<\/header>).)+<\/header>$/s)
      expect(parts[1], path).toMatch(/^<main>(?:(?!<\/main>).)+<\/main>$/s)
    }
  })

  it('send no inline script or style and a policy that allows none', async () => {
    const path = await checksOut('lumen', { 'q.fieldNotes': '1' })
    const response = await fetch(service.url + path)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
    for (const [, asset] of html.matchAll(/(?:src|href)="(\/shop\/assets\/[^"]+)"/g))
      expect((await fetch(service.url + asset)).status).toBe(200)
  })

  it('write what they are given as text, never as markup', async () => {
    const html = await page(`/shop/lumen?lang=en&q.fieldNotes=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(html).not.toContain('<script>alert')
    expect(await page(`/shop?lang=${encodeURIComponent('"><script>alert(1)</script>')}`)).not.toContain('<script>alert')
  })

  it('refuse a check-out that a foreign page sends', async () => {
    const reply = await call(service, '/shop/lumen/orders', {
      method: 'POST',
      body: 'q.fieldNotes=1',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(reply.status).toBe(403)
  })

  it('make no order of an empty basket, and say so on the basket’s page', async () => {
    expect(await checksOut('lumen', { 'q.fieldNotes': '0', 'q.nothing': '3' })).toBe('/shop/lumen?lang=en')
    expect(await page('/shop/lumen/basket?lang=en')).toContain('The basket is empty.')
    expect((await fetch(`${service.url}/shop/nowhere?lang=en`)).status).toBe(404)
    expect((await fetch(`${service.url}/shop/orders/nothing?lang=en`)).status).toBe(404)
  })
})

describe('an order', () => {
  it('is shown as link, picture and code that name the same order of this service', async () => {
    const html = await page(await checksOut('lumen', { 'q.fieldNotes': '2', 'q.teaHistory': '1' }))
    const link = /href="(okpay:[^"]+)"/.exec(html)?.[1] ?? ''
    const { serviceId } = service.ports.identity
    const code = codeOn(html)
    expect(readPayText(link)).toEqual({ orderCode: code.replace('-', ''), serviceId })
    expect(readPayText(code)?.orderCode).toBe(code.replace('-', ''))
    const reply = await get<{ order: { amount: unknown; lines: unknown[] }; decline: unknown }>(service, `/v1/orders/${code}`, {
      token: lin.token,
    })
    expect(reply).toMatchObject({
      order: { amount: { currency: 'EUR', value: '61.90' }, lines: [{ quantity: 2 }, { quantity: 1 }] },
      fee: { value: '0.00' },
      decline: null,
    })
    expect(html).toContain(encodeQR(link, 'svg', { ecc: 'medium', border: 4 }))
  })

  it('is found however its code is typed', async () => {
    const code = codeOn(await page(await checksOut('lumen', { 'q.fieldNotes': '1' })))
    for (const typed of [code.toLowerCase(), code.replace('-', ' '), code.replaceAll('0', 'O').replaceAll('1', 'l')])
      expect((await call(service, `/v1/orders/${encodeURIComponent(typed)}`, { token: lin.token })).status).toBe(200)
  })

  it('tells its page as soon as it is paid', async () => {
    const path = await checksOut('lumen', { 'q.fieldNotes': '1' })
    const code = codeOn(await page(path))
    const { order } = await get<{ order: { code: string; shop: { id: string } } }>(service, `/v1/orders/${code}`, { token: lin.token })
    const waiting = stateOf(path, 'open', 20_000)
    await lin.does('payment.confirm', { orderCode: order.code, shopId: order.shop.id, total: { currency: 'EUR', value: '18.50' } })
    expect(await waiting).toMatchObject({ state: 'paid' })
    expect((await waiting).paidAt).not.toBe('')
    expect(await page(path)).toContain('data-state="paid"')
  })

  it('tells its page when it is cancelled, in the app or at the shop', async () => {
    const inApp = await checksOut('lumen', { 'q.fieldNotes': '1' })
    const waiting = stateOf(inApp, 'open', 20_000)
    expect(await lin.does('order.cancel', { orderCode: codeOn(await page(inApp)) })).toMatchObject({
      ok: true,
      order: { state: 'cancelled' },
    })
    expect((await waiting).state).toBe('cancelled')
    const atShop = await checksOut('lumen', { 'q.fieldNotes': '1' })
    await fetch(`${service.url}${atShop.split('?')[0]}/cancel`, { method: 'POST', redirect: 'manual', headers: { origin: service.url } })
    expect((await stateOf(atShop)).state).toBe('cancelled')
  })

  it('expires to the millisecond, for the page and for the payer', async () => {
    const path = await checksOut('lumen', { 'q.fieldNotes': '1' })
    const code = codeOn(await page(path))
    service.moves(15 * 60_000 - 1)
    expect((await stateOf(path)).state).toBe('open')
    service.moves(1)
    expect((await stateOf(path)).state).toBe('expired')
    const looked = await get<{ order: { state: string }; decline: { code: string } }>(service, `/v1/orders/${code}`, { token: lin.token })
    expect([looked.order.state, looked.decline.code]).toEqual(['expired', 'order_expired'])
    expect(await lin.does('order.cancel', { orderCode: code })).toMatchObject({ ok: false, decline: { code: 'order_expired' } })
  })

  it('cannot be cancelled once it is paid, and cancelling twice is cancelling once', async () => {
    const path = await checksOut('lumen', { 'q.fieldNotes': '1' })
    const code = codeOn(await page(path)).replace('-', '')
    const order = await service.ports.store.read(tx => tx.orders.findByCode(code))
    if (!order) throw new Error('the order is missing')
    await lin.does('payment.confirm', confirmation(order, '18.50'))
    expect(await lin.does('order.cancel', { orderCode: code })).toMatchObject({ ok: false, decline: { code: 'order_already_paid' } })
    await fetch(`${service.url}${path.split('?')[0]}/cancel`, { method: 'POST', redirect: 'manual', headers: { origin: service.url } })
    expect((await stateOf(path)).state).toBe('paid')
    const other = codeOn(await page(await checksOut('lumen', { 'q.fieldNotes': '1' })))
    expect(await lin.does('order.cancel', { orderCode: other })).toMatchObject({ ok: true })
    expect(await lin.does('order.cancel', { orderCode: other })).toMatchObject({ ok: true, order: { state: 'cancelled' } })
  })

  it('says before the payer confirms why it would be refused', async () => {
    const code = codeOn(await page(await checksOut('lumen', { 'q.islandReader': '1' })))
    const seen = await get<{ decline: { code: string } }>(service, `/v1/orders/${code}`, { token: lin.token })
    expect(seen.decline.code).toBe('merchant_restriction')
    const dear = codeOn(await page(await checksOut('lumen', { 'q.firstFolio': '1' })))
    expect((await get<{ decline: { code: string } }>(service, `/v1/orders/${dear}`, { token: lin.token })).decline.code).toBe(
      'over_payment_limit',
    )
  })
})
