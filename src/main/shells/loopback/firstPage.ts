import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Ask, DrawFirstScreen, FirstScreen } from '#contracts/bridge/firstScreen.ts'
import type { Wallet } from '../../ports.ts'

/** Later than that the window's own script is as quick. */
const patienceMs = 400

const emptyPage = {
  html: '<html lang="en" data-theme="system">',
  early: /<script src="(?<early>[\w./-]{1,200})"><\/script>/,
  window: /<script type="module"(?: crossorigin)? src="(?<window>[\w./-]{1,200})"><\/script>/,
  root: '<div id="root"></div>',
} as const

/** A page in two parts: what the browser can begin with, and what follows when the first screen is drawn. */
export type FirstPage = { readonly head: string; readonly rest: () => Promise<string> }

/** The window's script is left to `early.js`, which fetches it when the first screen is painted. */
function fill(page: string, { lang, dir, theme, html }: FirstScreen): FirstPage | undefined {
  const early = emptyPage.early.exec(page)?.groups?.['early']
  const window = emptyPage.window.exec(page)?.groups?.['window']
  if (early === undefined || window === undefined) return undefined
  const [head = '', foot = ''] = page
    .replace(emptyPage.html, () => `<html lang="${lang}" dir="${dir}" data-theme="${theme}">`)
    .replace(emptyPage.early, () => `<script src="${early}" data-window-script="${window}"></script>`)
    .replace(emptyPage.window, '')
    .split(emptyPage.root)
  const drawn = inTime(html).catch(() => '')
  return { head, rest: async () => `${await drawn}${emptyPage.root}${foot}` }
}

const inTime = (html: Promise<string>): Promise<string> => Promise.race([html, wait(patienceMs, '', { ref: false })])

/** The page with the wallet's first screen in it. Undefined where there is none to show: the window draws it by itself. */
export async function firstPage(
  folder: string,
  wallet: Pick<Wallet, 'dispatch'>,
  draw: () => Promise<DrawFirstScreen>,
): Promise<FirstPage | undefined> {
  // The wallet has parsed each answer by the contract of its method.
  const ask = ((method, input) => wallet.dispatch(method, input, { shell: 'loopback' })) as Ask
  const began = async () => {
    const [page, drawNow] = await Promise.all([readFile(join(folder, 'index.html'), 'utf8'), draw()])
    const screen = await drawNow(ask)
    return screen && fill(page, screen)
  }
  return Promise.race([began(), wait(patienceMs, undefined, { ref: false })]).catch(() => undefined)
}
