import type { Locator, Page } from 'playwright-core'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { formatKnown } from '#locales/format.ts'
import { type Shop, type ShopId, shops } from '#service/checkout/goods.ts'
import type { Scene } from '../scene.ts'

/** An order that waits at the shop's checkout. */
export type Checkout = {
  readonly page: Page
  /** XXXX-XXXX. */
  readonly code: string
  readonly link: string
  readonly currency: CurrencyCode
  /** An exact decimal of the currency, added up here from the prices of the goods. */
  readonly total: string
  readonly shop: string
  /** Title of the first of the goods. */
  readonly good: string
  readonly qr: Locator
  /** Until the shop's page says so by itself. */
  readonly says: (state: 'paid' | 'cancelled' | 'expired') => Promise<void>
}

/** Goods by their key in the shop's table, with how many of each. */
type Basket = Readonly<Record<string, number>>

/** Opens a sandbox shop in a tab of its own, fills the basket, goes to its checkout with OKPAY, and comes back to the wallet. */
export async function buy({ app, page: wallet, newTab, t, locale }: Scene, shopId: ShopId, basket: Basket): Promise<Checkout> {
  const { url } = await app.service()
  const page = await newTab()
  const title = (good: string) => formatKnown(locale, `shop.goods.${good}`) ?? good
  await page.goto(`${url}/shop?lang=${locale}`)
  const { name, currency, goods }: Shop = shops[shopId]
  await page.getByRole('link', { name: t('shop.visit', { shop: name }) }).click()
  for (const [good, quantity] of Object.entries(basket)) {
    await page.getByRole('spinbutton', { name: t('shop.quantity', { good: title(good) }) }).fill(String(quantity))
  }
  await page.getByRole('button', { name: t('shop.toBasket') }).click()
  await page.getByRole('button', { name: t('shop.checkout') }).click()
  const link = (await page.getByRole('link', { name: t('shop.payWith') }).getAttribute('href')) ?? ''
  const minor = Object.entries(basket).reduce(
    (sum, [good, quantity]) => sum + (parseDecimal(currency, goods[good]?.price ?? '')?.minor ?? 0n) * BigInt(quantity),
    0n,
  )
  const code = await page.locator('[data-code]').innerText()
  // As a person does who pays: a window that stays behind draws one frame a second.
  await wallet.bringToFront()
  return {
    page,
    code,
    link,
    currency,
    total: toDecimal({ currency, minor }),
    shop: name,
    good: title(Object.keys(basket)[0] ?? ''),
    qr: page.getByRole('img', { name: t('shop.qrLabel') }),
    says: state =>
      page
        .getByText(t(`shop.states.${state}.what`), { exact: true })
        .first()
        .waitFor(),
  }
}
