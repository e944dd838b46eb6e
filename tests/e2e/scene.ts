import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMessage, type MessageValues } from '#locales/format.ts'
import type { AppLocale, MessageKey } from '#locales/index.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { listenForTrouble, openProfile, type WindowOptions } from '../support/browser.ts'
import { type Hand, keyboard, mouse } from './hand.ts'

/** Everything that a spec needs to act as a person: a window on the running app, the words of its language, and a hand. */
export type Scene = {
  readonly app: RunningApp
  readonly page: Page
  readonly context: BrowserContext
  readonly locale: AppLocale
  readonly hand: Hand
  /** A message as the window says it. */
  readonly t: (key: MessageKey, values?: MessageValues) => string
  /** An amount as the window writes it. */
  readonly money: (currency: CurrencyCode, value: string) => string
  /** Another page of the same browser, such as the shop's. */
  readonly newTab: () => Promise<Page>
}

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

/** Makes a scene on a browser that runs; the caller closes it. */
export async function openScene(
  browser: Browser,
  options: SceneOptions,
): Promise<Scene & { readonly close: () => Promise<void>; readonly trouble: () => readonly string[] }> {
  const { locale } = options
  const app = await startApp({
    locale,
    ...(options.env ? { env: options.env } : {}),
    ...(options.dataDir ? { dataDir: options.dataDir } : {}),
  })
  const context = await openProfile(browser, { ...options, locale })
  const trouble = listenForTrouble(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(app.url)
  return {
    app,
    page,
    context,
    locale,
    hand: options.hand === 'keyboard' ? keyboard(page) : mouse(),
    t: (key, values = {}) => formatMessage(locale, key, values),
    money: (currency, value) => formatAmount(locale, { currency, value }),
    newTab: () => context.newPage(),
    trouble,
    close: async () => {
      await context.close()
      await app.stop()
    },
  }
}
