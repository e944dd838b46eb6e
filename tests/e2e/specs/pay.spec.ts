import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, test } from 'vitest'
import { addMoney, openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { payPage } from '../pages/pay.ts'
import { buy, type Checkout } from '../pages/shop.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

const folder = mkdtempSync(join(tmpdir(), 'okpay-codes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(walks)('paying a shop in $locale by $hand', walk => {
  const scene = useScene(walk, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '200.00')
  })

  /** Confirms the slip that stands open and waits for both receipts. */
  async function confirm({ says, total }: Checkout): Promise<void> {
    const pay = payPage(scene())
    await pay.slip.waitFor()
    await pay.fee.waitFor()
    await pay.confirm('EUR', total)
    await pay.paid.waitFor()
    await says('paid')
  }

  test('by its link: slip, receipt, and the word of the shop', async () => {
    const checkout = await buy(scene(), 'lumen', { fieldNotes: 1 })
    await framePage(scene()).go('pay')
    await payPage(scene()).open(checkout.link)
    await confirm(checkout)
    await checkout.page.close()
  })

  test('by its short code', async () => {
    const checkout = await buy(scene(), 'lumen', { fieldNotes: 1 })
    await framePage(scene()).go('pay')
    await payPage(scene()).open(checkout.code)
    await confirm(checkout)
    await checkout.page.close()
  })

  test('by a picture of its QR code', async () => {
    const checkout = await buy(scene(), 'lumen', { fieldNotes: 1 })
    const picture = join(folder, `${walk.locale}-order.png`)
    await checkout.qr.screenshot({ path: picture })
    await framePage(scene()).go('pay')
    await payPage(scene()).choosePicture(picture)
    await confirm(checkout)
    await checkout.page.close()
  })

  test('the movement shows every leg, and the balance what was left', async () => {
    await payPage(scene()).seeMovement()
    await scene().page.getByText(scene().t('activity.balanced')).waitFor()
    await framePage(scene()).go('home')
    await homePage(scene()).balance('EUR', '144.50').waitFor()
  })

  test('not paying cancels the order, and nothing is taken', async () => {
    const checkout = await buy(scene(), 'lumen', { fieldNotes: 1 })
    await framePage(scene()).go('pay')
    await payPage(scene()).open(checkout.code)
    await payPage(scene()).cancel()
    await payPage(scene()).cancelled.first().waitFor()
    await checkout.says('cancelled')
    await checkout.page.close()
  })
})
