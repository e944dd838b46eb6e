import { describe, expect, test } from 'vitest'
import { blanks, sentence } from '../blanks.ts'
import { openAccount, signInHere } from '../journeys/opening.ts'
import { accountPage, lin, readCode } from '../pages/account.ts'
import { devicesPage } from '../pages/devices.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { makeWallet } from '../pages/start.ts'
import { openScene, walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('opening an account in $locale by $hand', walk => {
  const scene = useScene(walk, makeWallet)

  test('refuses a throw-away address, with the reason', async () => {
    await accountPage(scene()).askForCode('someone@mailinator.com')
    await scene()
      .page.getByText(scene().t('declines.email_throwaway.what', { domain: 'mailinator.com' }))
      .waitFor()
  })

  test('refuses a wrong code and takes the right one', async () => {
    const account = accountPage(scene())
    await account.askForCode(lin.email)
    const code = await readCode(scene())
    await account.enterCode(code === '000000' ? '111111' : '000000')
    await scene()
      .page.getByText(sentence(scene().t('declines.code_wrong.what', blanks)))
      .waitFor()
    await account.enterCode(code)
    await scene().page.getByLabel(scene().t('account.fullName'), { exact: true }).waitFor()
  })

  test('refuses a password with the own name in it', async () => {
    await accountPage(scene()).fillDetails({ ...lin, password: `${lin.email} is me` }, scene().locale === 'en' ? 'Germany' : '德国')
    await scene().page.getByText(scene().t('declines.password_personal.what')).first().waitFor()
  })
})

describe.each(walks)('an account in $locale by $hand', walk => {
  const scene = useScene(walk, opened => openAccount(opened, lin))

  test('is left, and found again by its password', async () => {
    const { t, hand, page } = scene()
    const account = accountPage(scene())
    await framePage(scene()).settings()
    await hand.press(page.getByRole('button', { name: t('settings.signOut') }))
    await hand.press(page.getByRole('dialog').getByRole('button', { name: t('settings.signOutAct'), exact: true }))
    await account.registerTitle.or(account.signInTitle).first().waitFor()
    if (await account.registerTitle.isVisible()) await account.toSignIn()
    await account.signIn(lin.email, lin.password)
    await framePage(scene()).go('home')
    await homePage(scene()).balances.waitFor()
  })

  test('says the same of a wrong password and of an unknown e-mail', async () => {
    const { t, hand, page } = scene()
    const account = accountPage(scene())
    await framePage(scene()).settings()
    await hand.press(page.getByRole('button', { name: t('settings.signOut') }))
    await hand.press(page.getByRole('dialog').getByRole('button', { name: t('settings.signOutAct'), exact: true }))
    await account.registerTitle.or(account.signInTitle).first().waitFor()
    if (await account.registerTitle.isVisible()) await account.toSignIn()
    await account.signIn(lin.email, 'this is not the password')
    const wrongPassword = await account.alert.first().innerText()
    await account.signIn('nobody.at.all@example.org', 'this is not the password')
    expect(await account.alert.first().innerText()).toBe(wrongPassword)
    await account.signIn(lin.email, lin.password)
    await framePage(scene()).go('home')
    await homePage(scene()).balances.waitFor()
  })

  test('is the same on a second device, which the first one names and signs out', async () => {
    const { url } = await scene().app.service()
    const second = await openScene(scene().browser, { ...walk, env: { OKPAY_SERVICE_URL: url } })
    try {
      await signInHere(second, lin)
      await framePage(second).go('topUp')
      await second.page.getByText(second.t('topUp.emptyTitle')).waitFor()
      expect(second.trouble()).toEqual([])
      const devices = devicesPage(scene())
      await framePage(scene()).settings()
      await devices.rename('Study 书房')
      await devices.revoke('Study 书房')
      await accountPage(second).signInTitle.or(accountPage(second).registerTitle).first().waitFor()
    } finally {
      await second.close()
    }
  })
})
