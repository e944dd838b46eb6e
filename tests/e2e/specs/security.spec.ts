import { generateSync } from 'otplib'
import { describe, expect, test } from 'vitest'
import { questions } from '#core/securityCentre/questions.ts'
import { openAccount } from '../journeys/opening.ts'
import { accountPage, lin, readCode } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks)('the safety of an account in $locale by $hand', walk => {
  const scene = useScene(walk, opened => openAccount(opened, lin))

  test('a telephone number is kept with the password and the code that went to it', async () => {
    const { t, hand, page } = scene()
    const press = (name: string) => hand.press(page.getByRole('button', { name, exact: true }))
    await framePage(scene()).settings()
    await press(t('contactDetails.changeNamed', { name: t('contactDetails.phone') }))
    await hand.type(page.getByLabel(t('contactDetails.newPhone'), { exact: true }), '+86 138 0013 8000')
    await hand.type(page.getByLabel(t('contactDetails.password'), { exact: true }), lin.password)
    await press(t('contactDetails.goOn'))
    const code = page.getByLabel(t('contactDetails.code'), { exact: true })
    await code.waitFor()
    await hand.type(code, await readCode(scene(), '+8613800138000'))
    await press(t('contactDetails.finish'))
    await page.getByText('+8613800138000').waitFor()
  })

  test('a second factor is turned on with a code of the app, and asked for at the next sign-in', async () => {
    const { t, hand, page } = scene()
    const press = (name: string) => hand.press(page.getByRole('button', { name, exact: true }))
    const dialog = page.getByRole('dialog')
    await framePage(scene()).settings()
    await press(t('security.appOnAct'))
    await dialog.getByRole('img', { name: t('security.qr') }).waitFor()
    const secret = (await dialog.locator('code').first().innerText()).replaceAll(/\s/g, '')
    await hand.type(dialog.getByLabel(t('security.setUpCode'), { exact: true }), generateSync({ secret }))
    await press(t('security.setUpDone'))
    await page.getByRole('dialog', { name: t('security.recoveryTitle') }).waitFor()
    const codes = await dialog.getByRole('listitem').allInnerTexts()
    expect(codes).toHaveLength(10)
    await press(t('security.recoveryKept'))
    await page.getByText(t('security.recoveryLeft', { count: 10 })).waitFor()

    await press(t('settings.signOut'))
    await hand.press(dialog.getByRole('button', { name: t('settings.signOutAct'), exact: true }))
    const account = accountPage(scene())
    await account.registerTitle.or(account.signInTitle).first().waitFor()
    if (await account.registerTitle.isVisible()) await account.toSignIn()
    await account.signIn(lin.email, lin.password)
    await page.getByRole('heading', { name: t('security.signInTitle') }).waitFor()
    await hand.pick(page.getByRole('radio', { name: t('security.way_recovery') }))
    await hand.type(page.getByLabel(t('security.code_recovery'), { exact: true }), codes[0] ?? '')
    await press(t('security.confirm'))
    await framePage(scene()).go('home')
    await homePage(scene()).balances.waitFor()
  })

  test('shows in the security centre, where five questions are answered too', async () => {
    const { t, hand, page } = scene()
    const press = (name: string) => hand.press(page.getByRole('button', { name, exact: true }))
    await hand.press(page.getByRole('link', { name: t('securityCentre.ask'), exact: true }))
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
    await row(t('securityCentre.second_factor')).getByText(t('securityCentre.state_good')).waitFor()
    await row(t('securityCentre.recovery_kit')).getByText(t('securityCentre.state_missing')).waitFor()
    await press(t('safetyCheck.begin'))
    for (const [index, { id, answers, right }] of questions.entries()) {
      const wrong = answers.find(answer => answer !== right) ?? right
      await press(t(`safetyCheck.${id}_${wrong}`))
      await page.getByText(t('safetyCheck.wrong')).waitFor()
      await press(t(`safetyCheck.${id}_${right}`))
      await press(t(index + 1 < questions.length ? 'safetyCheck.next' : 'safetyCheck.finish'))
    }
    await page.getByText(t('safetyCheck.done')).waitFor()
    await row(t('securityCentre.knowledge')).getByText(t('securityCentre.state_good')).waitFor()
    await press(t('securityCentre.fix_kit_none'))
    await page.getByRole('heading', { name: t('vault.kitTitle') }).waitFor()
  })
})
