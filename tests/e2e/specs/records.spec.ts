import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toolOrSkip } from '../../support/needs.ts'
import { run } from '../../support/process.ts'
import { addMoney, openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage } from '../pages/frame.ts'
import { payPage } from '../pages/pay.ts'
import { activityPage, statementsPage } from '../pages/records.ts'
import { buy } from '../pages/shop.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('the records in $locale by $hand', walk => {
  const shop = { name: '', good: '' }
  const scene = useScene(walk, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '300.00')
    await addMoney(opened, 'CNY', '888.00')
    const checkout = await buy(opened, 'lumen', { cityAtlas: 1, teaHistory: 2 })
    await framePage(opened).go('pay')
    await payPage(opened).open(checkout.code)
    await payPage(opened).confirm('EUR', checkout.total)
    await payPage(opened).paid.waitFor()
    Object.assign(shop, { name: checkout.shop, good: checkout.good })
    await checkout.page.close()
  })

  test('are searched by the words of the shop and of its goods', async () => {
    const activity = activityPage(scene())
    await framePage(scene()).go('activity')
    await activity.count(3).waitFor()
    await activity.search(shop.name)
    await activity.count(1).waitFor()
    await activity.search(shop.good)
    await activity.count(1).waitFor()
    await activity.search('zebra')
    await activity.none.waitFor()
    await activity.clear()
    await activity.count(3).waitFor()
  })

  test('are filtered by currency and by kind', async () => {
    const activity = activityPage(scene())
    await activity.filter('currency', 'CNY')
    await activity.count(1).waitFor()
    await activity.clear()
    await activity.filter('kind', scene().t('activity.kind_payment'))
    await activity.count(1).waitFor()
    await activity.clear()
  })

  test('tell where the money went, leg by leg', async () => {
    const activity = activityPage(scene())
    await activity.openRow(shop.name)
    await activity.how.waitFor()
    await activity.legs.waitFor()
    await activity.leg(shop.name).waitFor()
    await activity.leg(scene().t('activity.feeTo', { name: 'OKPAY' })).waitFor()
  })

  for (const format of ['csv', 'hledger'] as const) {
    test(`are written as ${format}, with their proof`, async context => {
      const statements = statementsPage(scene())
      await framePage(scene()).go('statements')
      await statements.afresh()
      await statements.choose(format)
      await statements.start(format)
      await statements.done.waitFor()
      const path = await statements.path()
      expect(existsSync(path)).toBe(true)
      const text = readFileSync(path, 'utf8')
      expect(text).toContain(shop.name)
      if (format === 'hledger') {
        const checked = await run(toolOrSkip(context, 'hledger'), ['-f', path, 'check'])
        expect(checked, checked.stderr).toMatchObject({ code: 0 })
      }
    })
  }

  test('are written in the chosen currencies alone', async () => {
    const statements = statementsPage(scene())
    await framePage(scene()).go('statements')
    await statements.afresh()
    await statements.previewed('EUR').waitFor()
    await statements.choose('csv')
    await statements.currency('CNY')
    await statements.previewed('EUR').waitFor({ state: 'detached' })
    await statements.previewed('CNY').waitFor()
    await statements.start('csv')
    await statements.proof(1).waitFor()
    const text = readFileSync(await statements.path(), 'utf8')
    expect(text).toContain('888.00')
    expect(text).not.toContain(shop.name)
  })
})
