import { describe, expect, test } from 'vitest'
import { registerPerson } from '../journeys/opening.ts'
import { accountPage, lin } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { appPassword, startPage } from '../pages/start.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('first run in $locale by $hand', walk => {
  const scene = useScene(walk)

  test('says what OKPAY is, in the language of the system', async () => {
    await startPage(scene()).title.waitFor()
    expect(await scene().page.locator('html').getAttribute('lang')).toBe(walk.locale)
  })

  test('asks for a password where there is no keychain, and says why', async () => {
    const start = startPage(scene())
    await start.begin()
    await start.keepSandbox()
    await start.passwordReason.waitFor()
  })

  test('explains why a password is weak', async () => {
    const start = startPage(scene())
    await start.typePassword('password')
    await start.strength(0).waitFor()
    await scene().page.getByText(scene().t('app.weak_topTen')).waitFor()
  })

  test('makes the wallet with a strong one', async () => {
    const start = startPage(scene())
    await start.choosePassword(appPassword)
    await start.strength(4).waitFor()
    await start.create()
    await accountPage(scene()).registerTitle.waitFor()
  })

  test('opens an account with the code from the sandbox mailbox', async () => {
    await registerPerson(scene(), lin)
    await homePage(scene()).openAll()
    await homePage(scene()).balances.waitFor()
  })

  test('locks, and opens with the right password alone', async () => {
    const start = startPage(scene())
    await framePage(scene()).lock()
    await start.locked.waitFor()
    expect(await scene().page.content(), 'a locked window holds nothing of the person').not.toMatch(new RegExp(`${lin.name}|${lin.email}`))
    await start.unlock('not the password at all')
    await scene().page.getByText(scene().t('declines.app_password_wrong.what')).waitFor()
    await start.unlock(appPassword)
    await homePage(scene()).balances.waitFor()
  })
})
