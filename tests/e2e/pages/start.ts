import type { Scene } from '../scene.ts'

/** The app password of every wallet in these tests. */
export const appPassword = 'quiet lanterns over seven rivers'

/** First run, the locked window, and unlocking. */
export function startPage({ page, t, hand }: Scene) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const make = () => hand.press(button(t('start.create')))
  const kitLater = () => hand.press(button(t('vault.kitLater')))
  return {
    title: page.getByRole('heading', { name: t('start.title') }),
    passwordReason: page.getByText(t('start.passwordRequired_none')),
    strength: (score: 0 | 1 | 2 | 3 | 4) => page.getByText(t(`app.strength${score}`)),
    begin: () => hand.press(button(t('start.begin'))),
    /** Leaves the sandbox chosen. */
    keepSandbox: () => hand.press(button(t('app.next'))),
    useAddress: async (address: string) => {
      await hand.pick(page.getByRole('radio', { name: t('start.address') }))
      await hand.type(field(t('start.addressLabel')), address)
      await hand.press(button(t('app.next')))
    },
    choosePassword: async (password: string) => {
      await hand.type(field(t('start.password')), password)
      await hand.type(field(t('start.repeat')), password)
    },
    typePassword: (password: string) => hand.type(field(t('start.password')), password),
    kitOffer: page.getByRole('heading', { name: t('vault.kitOfferTitle') }),
    /** Makes the wallet; the recovery kit can wait. */
    create: async () => {
      await make()
      await kitLater()
    },
    make,
    kitLater,
    locked: page.getByRole('heading', { name: t('start.locked') }),
    unlock: async (password: string) => {
      await hand.type(field(t('start.password')), password)
      await hand.press(button(t('start.unlock')))
    },
  }
}

/** From the first screen to an unlocked wallet in the sandbox. */
export async function makeWallet(scene: Scene): Promise<void> {
  const start = startPage(scene)
  await start.begin()
  await start.keepSandbox()
  await start.choosePassword(appPassword)
  await start.create()
}
