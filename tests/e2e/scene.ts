import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type Browser, type Page } from 'playwright-core'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMessage, type MessageValues } from '#locales/format.ts'
import type { AppLocale, MessageKey } from '#locales/index.ts'
import { type BesideApp, beside, homeIn, startApp, systemEnv } from '../support/app.ts'
import { listenForTrouble, openProfile, type WindowOptions } from '../support/browser.ts'
import { type Hand, keyboard, mouse } from './hand.ts'

/** Everything that a spec needs to act as a person: a window on the running app, the words of its language, and a hand. */
export type Scene = {
  readonly app: BesideApp
  readonly page: Page
  readonly locale: AppLocale
  readonly hand: Hand
  /** A message as the window says it. */
  readonly t: (key: MessageKey, values?: MessageValues) => string
  /** An amount as the window writes it. */
  readonly money: (currency: CurrencyCode, value: string) => string
  /** Another page of the same browser, such as the shop's. */
  readonly newTab: () => Promise<Page>
  readonly browser: Browser
  /** What the app has written to its terminal. */
  readonly said: () => string
}

const root = resolve(import.meta.dirname, '../..')
const stepWithinMs = 15_000

export type SceneOptions = Omit<WindowOptions, 'locale'> & {
  readonly locale: AppLocale
  readonly hand?: Hand['name']
  readonly env?: Readonly<Record<string, string>>
  readonly dataDir?: string
}

/** Each flow is walked in both languages and by both hands. */
export const walks = [
  { locale: 'en', hand: 'mouse' },
  { locale: 'zh-CN', hand: 'keyboard' },
] as const satisfies readonly SceneOptions[]

export type OpenScene = Scene & { readonly close: () => Promise<void>; readonly trouble: () => readonly string[] }

/** Makes a scene; the caller closes it. The browser is the window of the loopback shell, and shows the pages of shops in both. */
export const openScene = (browser: Browser, options: SceneOptions): Promise<OpenScene> =>
  process.env['SHELL'] === 'electron' ? openInElectron(browser, options) : openInBrowser(browser, options)

async function openInBrowser(browser: Browser, options: SceneOptions): Promise<OpenScene> {
  const { locale, env = {}, dataDir } = options
  const app = await startApp({ locale, env, ...(dataDir ? { dataDir } : {}) })
  const context = await openProfile(browser, options)
  const trouble = listenForTrouble(context)
  const page = await context.newPage()
  await page.goto(app.url)
  return {
    ...person(page, options),
    app,
    said: app.said,
    newTab: () => context.newPage(),
    browser,
    trouble,
    close: async () => {
      await context.close()
      await app.stop()
    },
  }
}

async function openInElectron(browser: Browser, options: SceneOptions): Promise<OpenScene> {
  const { locale, env = {} } = options
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'okpay-e2e-'))
  const systemOf = systemEnv(locale, homeIn(dataDir, env))
  const electron = await _electron.launch({
    args: [root, '--data-dir', dataDir],
    env: Object.fromEntries(Object.entries(systemOf).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    locale,
    colorScheme: options.colorScheme ?? 'light',
    timezoneId: 'Asia/Shanghai',
  })
  const trouble = listenForTrouble(electron.context())
  const page = await electron.firstWindow()
  await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 800 })
  const shops = await openProfile(browser, options)
  return {
    ...person(page, options),
    app: beside(dataDir, systemOf),
    said: () => '',
    newTab: () => shops.newPage(),
    browser,
    trouble,
    close: async () => {
      await shops.close()
      await electron.close()
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What a person brings to a window: language, words and a hand. */
function person(page: Page, { locale, hand }: SceneOptions): Pick<Scene, 'page' | 'locale' | 'hand' | 't' | 'money'> {
  page.setDefaultTimeout(stepWithinMs)
  return {
    page,
    locale,
    hand: hand === 'keyboard' ? keyboard(page) : mouse(),
    t: (key, values = {}) => formatMessage(locale, key, values),
    money: (currency, value) => formatAmount(locale, { currency, value }),
  }
}
