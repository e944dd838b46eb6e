import type { Scene } from '../scene.ts'

export type Person = { readonly email: string; readonly name: string; readonly password: string }

export const lin: Person = { email: 'lin.xiaoyu@example.org', name: '林小雨', password: 'copper kettles sing at dawn' }
export const maria: Person = { email: 'maria.keller@example.org', name: 'Maria Keller', password: 'seventeen herons watch the tide' }

/** Registering, signing in, and the sandbox mailbox. */
export function accountPage({ page, t, hand }: Scene) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByLabel(name, { exact: true })
  return {
    registerTitle: page.getByRole('heading', { name: t('account.registerTitle') }),
    signInTitle: page.getByRole('heading', { name: t('account.signInTitle') }),
    codeTitle: page.getByRole('heading', { name: t('account.codeTitle') }),
    alert: page.getByRole('alert'),
    toSignIn: () => hand.press(button(t('account.toSignIn'))),
    toRegister: () => hand.press(button(t('account.toRegister'))),
    askForCode: async (email: string) => {
      await hand.type(field(t('account.email')), email)
      await hand.press(button(t('account.sendCode')))
    },
    enterCode: async (code: string) => {
      await hand.type(field(t('account.code')), code)
      await hand.press(button(t('account.verify')))
    },
    fillDetails: async ({ name, password }: Person, country: string) => {
      await hand.type(field(t('account.fullName')), name)
      await chooseCountry(country)
      await hand.type(field(t('account.accountPassword')), password)
      await hand.press(button(t('account.finish')))
    },
    signIn: async (email: string, password: string) => {
      await hand.type(field(t('account.email')), email)
      await hand.type(field(t('account.password')), password)
      await hand.press(button(t('account.signIn')))
    },
  }
  async function chooseCountry(country: string): Promise<void> {
    await hand.type(page.getByRole('combobox', { name: t('account.country') }), country)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
}

/** Opens the sandbox mailbox beside the code's field, reads the six digits of its newest mail to somebody, and closes it. */
export async function readCode({ page, t, hand }: Scene, to = ''): Promise<string> {
  await hand.press(page.getByRole('button', { name: t('account.openMailbox'), exact: true }))
  const mailbox = page.getByRole('dialog', { name: t('account.mailboxTitle') })
  const newest = await mailbox.getByRole('article').filter({ hasText: to }).first().innerText()
  const code = /\b(\d{6})\b/.exec(newest)?.[1]
  if (code === undefined) throw new Error(`the newest mail holds no code: ${newest}`)
  await hand.press(mailbox.getByRole('button', { name: t('app.close'), exact: true }))
  return code
}
