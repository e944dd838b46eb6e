import { describe, expect, test } from 'vitest'
import { addMoney, openAccount, registerPerson } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage } from '../pages/frame.ts'
import { payPage } from '../pages/pay.ts'
import { buy } from '../pages/shop.ts'
import { makeWallet } from '../pages/start.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('a refused payment in $locale by $hand', walk => {
  const scene = useScene(walk, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '10.00')
  })
  const open = async (text: string) => {
    await framePage(scene()).go('pay')
    await payPage(scene()).open(text)
  }

  test('for want of balance: says what is missing, and tops it up with one button', async () => {
    const checkout = await buy(scene(), 'lumen', { cityAtlas: 1 })
    await open(checkout.code)
    await payPage(scene()).refusal('insufficient_funds').waitFor()
    const missing = (Number(checkout.total) - 10).toFixed(2)
    await scene().hand.press(payPage(scene()).fix(scene().t('fixes.top_up_missing', { missing: scene().money('EUR', missing) })))
    await scene()
      .page.getByRole('heading', { name: scene().t('topUp.title'), level: 1 })
      .waitFor()
    expect(await scene().page.getByLabel(scene().t('topUp.amount'), { exact: true }).inputValue()).toContain(missing)
    await checkout.page.close()
  })

  test('because it is paid already', async () => {
    await addMoney(scene(), 'EUR', '500.00')
    const checkout = await buy(scene(), 'lumen', { teaHistory: 1 })
    await open(checkout.code)
    await payPage(scene()).confirm('EUR', checkout.total)
    await payPage(scene()).paid.waitFor()
    await open(checkout.code)
    await payPage(scene()).refusal('order_already_paid').waitFor()
    await payPage(scene()).fix(scene().t('fixes.see_receipt')).waitFor()
    await checkout.page.close()
  })

  test('because it was cancelled', async () => {
    const checkout = await buy(scene(), 'lumen', { teaHistory: 1 })
    await open(checkout.code)
    await payPage(scene()).cancel()
    await payPage(scene()).cancelled.first().waitFor()
    await open(checkout.code)
    await payPage(scene()).refusal('order_cancelled').waitFor()
    await checkout.page.close()
  })

  test('because the link is none, or of another service', async () => {
    await open('okpay://pay/nonsense!')
    await payPage(scene()).refusal('link_malformed').waitFor()
    await open('okpay://pay/K7F39QTX?service=000000000000')
    await payPage(scene()).refusal('link_other_service').waitFor()
    await open('ZZZZ-ZZZZ')
    await payPage(scene()).refusal('order_unknown').waitFor()
  })

  test('because the shop does not sell it there', async () => {
    const checkout = await buy(scene(), 'lumen', { islandReader: 1 })
    await open(checkout.code)
    await payPage(scene()).refusal('merchant_restriction').waitFor()
    await checkout.page.close()
  })

  test('for the limit of one payment: shows the limit, plans it over days, and asks for a higher one', async () => {
    const { page, t, hand } = scene()
    const checkout = await buy(scene(), 'lumen', { firstFolio: 1 })
    await open(checkout.code)
    await payPage(scene()).refusal('over_payment_limit').waitFor()
    await hand.press(payPage(scene()).fix(t('fixes.split_days')))
    await hand.press(page.getByRole('button', { name: t('limits.splitKeep'), exact: true }))
    // It waits on the first screen, and nothing was sent.
    await hand.press(page.getByRole('button', { name: t('limits.needDrop'), exact: true }))
    await page.getByText(t('limits.dropped')).first().waitFor()
    await open(checkout.code)
    await hand.press(payPage(scene()).fix(t('fixes.raise_limit')))
    const dialog = page.getByRole('dialog', { name: t('settings.raiseTitle_per_payment') })
    const send = dialog.getByRole('button', { name: t('settings.raiseSend'), exact: true })
    await hand.type(dialog.getByLabel(t('settings.raiseReason'), { exact: true }), 'A rare book')
    // What is no raise is refused, and corrected in its place.
    await hand.type(dialog.getByLabel(t('settings.raiseAmount'), { exact: true }), '100')
    await hand.press(send)
    await dialog.getByText(t('declines.amount_invalid.what')).waitFor()
    await hand.type(dialog.getByLabel(t('settings.raiseAmount'), { exact: true }), '3000')
    await hand.press(send)
    await page.getByText(t('settings.raised')).first().waitFor()
    await checkout.page.close()
  })

  test('for a security check, until the operator ends it', async () => {
    const checkout = await buy(scene(), 'lumen', { teaHistory: 1 })
    expect(await scene().app.operate('lock', lin.email, 'risk')).toMatchObject({ code: 0 })
    await open(checkout.code)
    await payPage(scene()).refusal('security_hold', { reason: 'risk' }).waitFor()
    await payPage(scene()).fix(scene().t('fixes.ask')).first().waitFor()
    expect(await scene().app.operate('unlock', lin.email)).toMatchObject({ code: 0 })
    expect(await scene().app.operate('unlock', lin.email)).toMatchObject({ code: 2 })
    expect(await scene().app.operate('unlock', lin.email, '--as', 'second')).toMatchObject({ code: 0 })
    // The slip that stands open says so by itself.
    await payPage(scene()).confirm('EUR', checkout.total)
    await payPage(scene()).paid.waitFor()
    await checkout.page.close()
  })
})

describe.each(walks)('an order that waited too long in $locale by $hand', walk => {
  const scene = useScene({ ...walk, env: { OKPAY_ORDER_SECONDS: '4' } }, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '100.00')
  })

  test('says that it expired, at the slip that stood open', async () => {
    const checkout = await buy(scene(), 'lumen', { teaHistory: 1 })
    await framePage(scene()).go('pay')
    await checkout.says('expired')
    await payPage(scene()).open(checkout.code)
    await payPage(scene()).refusal('order_expired').waitFor()
  })
})

describe.each(walks)('a payment in a currency that is not held in $locale by $hand', walk => {
  const scene = useScene(walk, async opened => {
    await makeWallet(opened)
    await registerPerson(opened, lin)
  })

  test('opens the currency with one button, and then says what is missing', async () => {
    const checkout = await buy(scene(), 'kumo', { notebook: 1 })
    await framePage(scene()).go('pay')
    await payPage(scene()).open(checkout.code)
    await payPage(scene()).refusal('currency_not_held').waitFor()
    await scene().hand.press(payPage(scene()).fix(scene().t('fixes.open_currency', { currency: 'JPY' })))
    await payPage(scene()).refusal('insufficient_funds').waitFor()
  })
})
