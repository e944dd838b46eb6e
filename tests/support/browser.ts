import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { needs } from './needs.ts'

export type WindowOptions = {
  readonly locale: string
  readonly colorScheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

/** Starts Chromium; undefined where this machine has none. */
export async function startBrowser(): Promise<Browser | undefined> {
  const { path } = needs('chromium')
  if (path === undefined) return undefined
  // Root may not use the sandbox of Chromium; ordinary people keep it.
  return await chromium.launch({ executablePath: path, chromiumSandbox: process.getuid?.() !== 0 })
}

/** A profile of its own, with what a person of that language has set. Nothing of it moves that could make a picture or a test uneven. */
export const openProfile = (
  browser: Browser,
  { locale, colorScheme = 'light', width = 1280, height = 800 }: WindowOptions,
): Promise<BrowserContext> =>
  browser.newContext({
    locale,
    colorScheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  })

/** Keeps everything that a window must never say: errors on its console, exceptions, and violations of its content security policy. */
export function listenForTrouble(context: BrowserContext): () => readonly string[] {
  const trouble: string[] = []
  const listen = (page: Page) => {
    page.on('console', message => {
      if (message.type() === 'error') trouble.push(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', error => trouble.push(`exception: ${error.stack ?? error.message}`))
  }
  for (const page of context.pages()) listen(page)
  context.on('page', listen)
  return () => trouble
}
