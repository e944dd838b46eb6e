import { describe, expect, test } from 'vitest'
import { addMoney, openAccount, signInHere } from '../journeys/opening.ts'
import { axeFindings } from '../looks.ts'
import { lin } from '../pages/account.ts'
import { framePage } from '../pages/frame.ts'
import { payPage } from '../pages/pay.ts'
import { annotationsPage, contactsPage } from '../pages/personal.ts'
import { activityPage } from '../pages/records.ts'
import { buy } from '../pages/shop.ts'
import { openScene, walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

const words = {
  en: {
    note: 'Present for Ana, ask for the invoice',
    label: 'Travel',
    other: 'Gifts',
    search: 'invoice',
    person: 'Maya Stein',
    rent: 'Rent on the 3rd',
  },
  'zh-CN': { note: '送给安娜的礼物，记得要发票', label: '出差', other: '礼物', search: '发票', person: '林晓雨', rent: '每月 3 日房租' },
} as const

describe.each(walks)('what a person writes in $locale by $hand', walk => {
  const say = words[walk.locale]
  const shop = { name: '' }
  const scene = useScene(walk, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '300.00')
    const checkout = await buy(opened, 'lumen', { cityAtlas: 1 })
    await framePage(opened).go('pay')
    await payPage(opened).open(checkout.code)
    await payPage(opened).confirm('EUR', checkout.total)
    await payPage(opened).paid.waitFor()
    shop.name = checkout.shop
    await checkout.page.close()
  })

  test('on a movement saves itself, and is found by its words and by its labels', async () => {
    const [activity, annotations] = [activityPage(scene()), annotationsPage(scene())]
    await framePage(scene()).go('activity')
    await activity.openRow(shop.name)
    await annotations.write(say.note)
    await annotations.kept.waitFor()
    for (const label of [say.label, say.other]) {
      await annotations.label(label)
      await annotations.labelled(label).waitFor()
    }
    expect(await axeFindings(scene().page)).toEqual([])
    await activity.search(say.search)
    await activity.count(1).waitFor()
    await scene().page.keyboard.press('Escape')
    await activity.count(2).waitFor()
    await annotations.filter(say.label, 1)
    await activity.count(1).waitFor()
    await activity.clear()
    await activity.count(2).waitFor()
  })

  test('is taken away again, and a label that one uses is offered', async () => {
    const annotations = annotationsPage(scene())
    await annotations.remove(say.other)
    await annotations.labelled(say.other).waitFor({ state: 'detached' })
    await activityPage(scene()).openRow(/RF\d\d/)
    await annotations.offered(say.label).waitFor()
    await annotations.write(say.note)
    await annotations.kept.waitFor()
    await annotations.write(' ')
    await annotations.kept.waitFor()
    await activityPage(scene()).openRow(shop.name)
    await scene().page.waitForFunction(text => document.querySelector('textarea')?.value === text, say.note)
  })

  test('a shop that was paid becomes a contact', async () => {
    const [annotations, contacts] = [annotationsPage(scene()), contactsPage(scene())]
    await framePage(scene()).go('contacts')
    await contacts.empty.waitFor()
    await framePage(scene()).go('activity')
    await activityPage(scene()).openRow(shop.name)
    await annotations.keepContact()
    await annotations.openContact()
    await contacts.shown(shop.name).waitFor()
    await contacts.kept.waitFor()
  })

  test('people are added, changed, found, removed and brought back', async () => {
    const { page, t } = scene()
    const contacts = contactsPage(scene())
    await contacts.add({ name: ' ', email: 'maya@', note: say.rent })
    await page.getByText(t('declines.contact_name_invalid.what')).waitFor()
    await contacts.add({ name: say.person, email: 'maya@example.org', note: say.rent })
    await contacts.shown(say.person).waitFor()
    await contacts.count(2).waitFor()
    await contacts.change({ name: `${say.person} 2` })
    await contacts.shown(`${say.person} 2`).waitFor()
    await contacts.kept.waitFor()
    expect(await axeFindings(page)).toEqual([])
    await contacts.search(say.rent.slice(-2))
    await contacts.count(1).waitFor()
    await contacts.search('zebra')
    await contacts.none.waitFor()
    await page.keyboard.press('Escape')
    await contacts.count(2).waitFor()
    await contacts.remove()
    await contacts.count(1).waitFor()
    await contacts.undo()
    await contacts.shown(`${say.person} 2`).waitFor()
    await contacts.count(2).waitFor()
  })

  test('is on a second device, and what is changed there is changed here', async () => {
    const { url } = await scene().app.service()
    const second = await openScene(scene().browser, { ...walk, env: { OKPAY_SERVICE_URL: url } })
    try {
      await signInHere(second, lin)
      await framePage(second).go('activity')
      await activityPage(second).openRow(shop.name)
      await annotationsPage(second).labelled(say.label).waitFor()
      await framePage(second).go('contacts')
      await contactsPage(second).open(`${say.person} 2`)
      await contactsPage(second).change({ name: `${say.person} 3` })
      await contactsPage(second).kept.waitFor()
      await contactsPage(scene()).shown(`${say.person} 3`).waitFor()
      expect(second.trouble()).toEqual([])
    } finally {
      await second.close()
    }
  })
})
