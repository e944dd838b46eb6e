import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { accountPage, type Person, readCode } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { makeWallet } from '../pages/start.ts'
import { topUpPage } from '../pages/topUp.ts'
import type { Scene } from '../scene.ts'

const countryName: Readonly<Record<string, string>> = { en: 'Germany', 'zh-CN': '德国' }

/** Registers with the code of the sandbox mailbox. The wallet is unlocked. */
export async function registerPerson(scene: Scene, person: Person): Promise<void> {
  const account = accountPage(scene)
  await account.registerTitle.waitFor()
  await account.askForCode(person.email)
  await account.enterCode(await readCode(scene))
  await account.fillDetails(person, countryName[scene.locale] ?? 'Germany')
}

/** From the first screen of another device to the balances of somebody who has an account. */
export async function signInHere(scene: Scene, person: Person): Promise<void> {
  await makeWallet(scene)
  const account = accountPage(scene)
  await account.registerTitle.or(account.signInTitle).first().waitFor()
  if (await account.registerTitle.isVisible()) await account.toSignIn()
  await account.signIn(person.email, person.password)
  await homePage(scene).balances.waitFor()
}

/** From the first screen to a registered holder with all first currencies open. */
export async function openAccount(scene: Scene, person: Person): Promise<void> {
  await makeWallet(scene)
  await registerPerson(scene, person)
  await homePage(scene).openAll()
}

/** Tops up through the simulated bank and waits until it is credited. */
export async function addMoney(scene: Scene, currency: CurrencyCode, value: string): Promise<void> {
  const topUp = topUpPage(scene)
  await framePage(scene).go('topUp')
  await topUp.ask(currency, value)
  await topUp.simulate(currency, value)
  await topUp.credited(currency, value).waitFor()
}
