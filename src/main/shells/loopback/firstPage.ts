import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Ask, DrawFirstScreen, FirstScreen } from '#contracts/bridge/firstScreen.ts'
import type { Wallet } from '../../ports.ts'

/** Later than that the window's own script is as quick. */
const patienceMs = 400

const emptyPage = { html: '<html lang="en" data-theme="system">', root: '<div id="root"></div>' } as const

const fill = (page: string, { lang, dir, theme, html }: FirstScreen): string =>
  page
    .replace(emptyPage.html, () => `<html lang="${lang}" dir="${dir}" data-theme="${theme}">`)
    .replace(emptyPage.root, () => `${html}${emptyPage.root}`)

/** The page with the wallet's first screen in it. Undefined where there is none to show, or it could not be drawn in time: the window draws it by itself. */
export async function firstPage(
  folder: string,
  wallet: Pick<Wallet, 'dispatch'>,
  draw: () => Promise<DrawFirstScreen>,
): Promise<string | undefined> {
  // The wallet has parsed each answer by the contract of its method.
  const ask = ((method, input) => wallet.dispatch(method, input, { shell: 'loopback' })) as Ask
  const drawn = async () => {
    const [page, screen] = await Promise.all([readFile(join(folder, 'index.html'), 'utf8'), draw().then(drawNow => drawNow(ask))])
    return screen && fill(page, screen)
  }
  return Promise.race([drawn(), wait(patienceMs, undefined, { ref: false })]).catch(() => undefined)
}
