import { describe, expect, test } from 'vitest'
import { addMoney, openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('around every view in $locale by $hand', walk => {
  const scene = useScene(walk, async opened => {
    await openAccount(opened, lin)
    await addMoney(opened, 'EUR', '123.45')
    await framePage(opened).go('home')
  })

  test('one key hides every amount, and shows it again', async () => {
    const { page, money } = scene()
    const amount = money('EUR', '123.45')
    await homePage(scene()).balance('EUR', '123.45').waitFor()
    await page.keyboard.press('h')
    await page.getByText('••••').first().waitFor()
    expect(await page.getByRole('main').innerText()).not.toContain(amount)
    await page.keyboard.press('h')
    await homePage(scene()).balance('EUR', '123.45').waitFor()
  })

  test('a window shows its first screen before its script runs, and the living one in its place after', async () => {
    const { app, newTab } = scene()
    const page = await newTab()
    const scripts = '**/assets/*.js'
    await page.route(scripts, route => route.fulfill({ contentType: 'text/javascript', body: '' }))
    await page.goto(await app.windowAddress())
    const first = homePage({ ...scene(), page })
    await first.balance('EUR', '123.45').waitFor()
    expect(await page.locator('#first').count()).toBe(1)
    await page.unroute(scripts)
    await page.goto(await app.windowAddress())
    await page.locator('#root .frame').waitFor()
    expect(await page.locator('#first').count()).toBe(0)
    await first.balance('EUR', '123.45').waitFor()
    await page.close()
  })

  test('the digits lead to the places, from top to bottom', async () => {
    const { page, t } = scene()
    const places = ['home', 'activity', 'pay', 'topUp', 'contacts', 'statements', 'help'] as const
    for (const [index, place] of places.entries()) {
      // A digit belongs to a field for as long as one types in it.
      await page.keyboard.press('Tab')
      await page.keyboard.press(String(index + 1))
      await page
        .getByRole('heading', { name: t(`app.${place}`), level: 1 })
        .first()
        .waitFor()
    }
  })

  test('help tells where to write, and copies it', async () => {
    const { page, t, hand } = scene()
    await framePage(scene()).go('help')
    await page.getByText('help@okpay.example', { exact: true }).waitFor()
    // The desktop window opens no mail: there it is text.
    const link = page.getByRole('link', { name: 'help@okpay.example' })
    if (process.env['SHELL'] !== 'electron') expect(await link.getAttribute('href')).toBe('mailto:help@okpay.example')
    const name = t('help.mailAddress')
    await hand.press(page.getByRole('button', { name: t('app.copy', { name }), exact: true }))
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('help@okpay.example')
  })

  test('the palette goes anywhere by a few letters', async () => {
    const { page, t } = scene()
    await framePage(scene()).order(t('palette.goTo', { place: t('app.settings') }))
    await page.getByRole('heading', { name: t('settings.title'), level: 1 }).waitFor()
    await framePage(scene()).order('50 eur')
    await page.getByRole('heading', { name: t('topUp.title'), level: 1 }).waitFor()
    expect(await page.getByLabel(t('topUp.amount'), { exact: true }).inputValue()).toContain('50')
  })

  test('the language changes at once, and back', async () => {
    const { page, app, locale } = scene()
    const other = locale === 'en' ? 'zh-CN' : 'en'
    expect(await app.terminal('call', 'app.prefer', JSON.stringify({ locale: other }))).toMatchObject({ code: 0 })
    await page.locator(`html[lang="${other}"]`).waitFor()
    expect(await app.terminal('call', 'app.prefer', JSON.stringify({ locale }))).toMatchObject({ code: 0 })
    await page.locator(`html[lang="${locale}"]`).waitFor()
  })
})
