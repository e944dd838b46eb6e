import { shops } from '#service/checkout/goods.ts'
import { accountPage, lin, readCode } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { payPage } from '../pages/pay.ts'
import { annotationsPage, contactsPage, writings } from '../pages/personal.ts'
import { activityPage, statementsPage } from '../pages/records.ts'
import { buy } from '../pages/shop.ts'
import { appPassword, startPage } from '../pages/start.ts'
import { topUpPage } from '../pages/topUp.ts'
import type { Scene } from '../scene.ts'
import { addMoney } from './opening.ts'

/** Called at each view, with the page at rest on it. */
export type Visit = (view: string) => Promise<void>

/** Walks through every view of the app with an account that has lived a little, all of it by real flows. */
export async function tour(scene: Scene, visit: Visit): Promise<void> {
  await doors(scene, visit)
  await moneyIn(scene, visit)
  await moneyOut(scene, visit)
  await records(scene, visit)
  await written(scene, visit)
  await rest(scene, visit)
}

async function doors(scene: Scene, visit: Visit): Promise<void> {
  const { page, t } = scene
  const [start, account] = [startPage(scene), accountPage(scene)]
  await start.title.waitFor()
  await visit('start-welcome')
  await start.begin()
  await page.getByRole('heading', { name: t('start.serviceTitle') }).waitFor()
  await visit('start-service')
  await start.keepSandbox()
  await start.choosePassword(appPassword)
  await start.strength(4).waitFor()
  await visit('start-protect')
  await start.make()
  await start.kitOffer.waitFor()
  await visit('start-kit')
  await start.kitLater()
  await account.registerTitle.waitFor()
  await visit('account-email')
  await account.askForCode(lin.email)
  await account.codeTitle.waitFor()
  const code = await readCode(scene)
  await visit('account-code')
  await account.enterCode(code)
  await page.getByLabel(t('account.fullName'), { exact: true }).waitFor()
  await visit('account-details')
  await account.fillDetails(lin, scene.locale === 'zh-CN' ? '德国' : 'Germany')
  await page.getByRole('button', { name: t('home.openAll'), exact: true }).waitFor()
  await visit('home-first')
  await homePage(scene).openAll()
  await homePage(scene).balances.waitFor()
  await visit('home-opened')
}

async function moneyIn(scene: Scene, visit: Visit): Promise<void> {
  const topUp = topUpPage(scene)
  await framePage(scene).go('topUp')
  await visit('top-up')
  await topUp.ask('EUR', '1250.00')
  await topUp.qr.waitFor()
  await visit('top-up-transfer')
  await topUp.simulate('EUR', '1250.00')
  await topUp.credited('EUR', '1250.00').waitFor()
  await visit('top-up-credited')
  await addMoney(scene, 'CNY', '6204.10')
  await addMoney(scene, 'USD', '2310.00')
  await addMoney(scene, 'JPY', '30924')
  await addMoney(scene, 'KWD', '12.405')
  await framePage(scene).go('topUp')
  await topUp.ask('GBP', '400.00')
}

async function moneyOut(scene: Scene, visit: Visit): Promise<void> {
  const [pay, frame] = [payPage(scene), framePage(scene)]
  // Away from a top-up that is still being asked for: its answer does not fetch the person back.
  await frame.go('pay')
  await frame.heading(scene.t('pay.title')).waitFor()
  await visit('pay')
  for (const checkout of [
    await buy(scene, 'yulan', { jasmine: 2, teapot: 1 }),
    await buy(scene, 'lumen', { teaHistory: 1, fieldNotes: 1 }),
  ]) {
    const { currency } = checkout
    await frame.go('pay')
    await pay.open(checkout.code)
    await pay.confirmButton(currency, checkout.total).waitFor()
    await visit(`pay-slip-${currency}`)
    await pay.confirm(currency, checkout.total)
    await pay.paid.waitFor()
    await visit(`pay-receipt-${currency}`)
    await checkout.page.close()
  }
  const refused = await buy(scene, 'kumo', { fountainPen: 5 })
  await frame.go('pay')
  await pay.open(refused.code)
  await pay.refusal('insufficient_funds').waitFor()
  await visit('pay-refused')
  await refused.page.close()
  const unwanted = await buy(scene, 'harbor', { whetstone: 1 })
  await frame.go('pay')
  await pay.open(unwanted.code)
  await pay.cancel()
  await pay.cancelled.first().waitFor()
  await visit('pay-cancelled')
  await unwanted.page.close()
}

async function records(scene: Scene, visit: Visit): Promise<void> {
  const { page, t, hand } = scene
  const [frame, activity, statements] = [framePage(scene), activityPage(scene), statementsPage(scene)]
  await frame.go('activity')
  await activity.first.waitFor()
  await visit('activity')
  await hand.press(activity.first)
  await activity.how.waitFor()
  await visit('activity-detail')
  await activity.search('zebra')
  await activity.none.waitFor()
  await visit('activity-none')
  await frame.go('statements')
  await visit('statements')
  await statements.start('csv')
  await statements.done.waitFor()
  await visit('statements-done')
  await frame.go('help')
  await hand.type(
    page.getByRole('textbox', { name: t('help.text'), exact: true }),
    scene.locale === 'zh-CN' ? '昨天的充值什么时候到账？' : 'When will my top-up of yesterday arrive?',
  )
  await hand.press(page.getByRole('button', { name: t('help.send'), exact: true }))
  await page
    .getByText(t('help.number', { number: 1, about: t('help.general') }))
    .or(page.getByText(/#1\b/))
    .first()
    .waitFor()
  await visit('help')
}

/** What a person writes. */
async function written(scene: Scene, visit: Visit): Promise<void> {
  const { page } = scene
  const [frame, activity, annotations, contacts] = [framePage(scene), activityPage(scene), annotationsPage(scene), contactsPage(scene)]
  await frame.go('contacts')
  await contacts.empty.waitFor()
  await visit('contacts-empty')
  await frame.go('activity')
  await activity.first.waitFor()
  await activity.openRow(shops.lumen.name)
  for (const label of writings.labels) await annotations.label(label)
  await annotations.write(writings.note)
  await annotations.kept.waitFor()
  await annotations.keepContact()
  await visit('activity-annotations')
  await frame.go('contacts')
  for (const contact of writings.contacts) {
    await contacts.add(contact)
    await contacts.shown(contact.name).waitFor()
  }
  await contacts.kept.waitFor()
  await page.getByRole('heading', { level: 1 }).first().click()
  await visit('contacts')
}

async function rest(scene: Scene, visit: Visit): Promise<void> {
  const { page, t } = scene
  const frame = framePage(scene)
  await frame.settings()
  await page.getByRole('heading', { name: t('settings.title'), level: 1 }).waitFor()
  await visit('settings')
  await page.getByRole('link', { name: t('securityCentre.open') }).click()
  await page.getByRole('heading', { name: t('securityCentre.title'), level: 1 }).waitFor()
  await page.getByText(t('securityCentre.is_kit_none')).waitFor()
  await visit('security')
  await frame.go('home')
  await page
    .getByRole('link', { name: t('app.mailbox') })
    .or(page.locator('a[href$="/mailbox"]'))
    .first()
    .click()
  await page.getByRole('heading', { name: t('account.mailboxTitle'), level: 1 }).waitFor()
  await visit('mailbox')
  await frame.go('home')
  await homePage(scene).balances.waitFor()
  await visit('home')
  await frame.openPalette()
  await frame.palette.waitFor()
  await visit('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('h')
  await page.getByText('••••').first().waitFor()
  await visit('home-hidden')
  await page.keyboard.press('h')
  await frame.lock()
  await startPage(scene).locked.waitFor()
  await visit('locked')
}
