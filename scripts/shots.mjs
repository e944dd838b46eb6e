// `npm run shots`: a picture of every view in each language and appearance, and in a narrow window, into shots/. Every number in them comes from real
// flows of the real app. `npm run shots -- en` makes only those of one language.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tour } from '../tests/e2e/journeys/tour.ts'
import { appearances, wear } from '../tests/e2e/looks.ts'
import { openScene } from '../tests/e2e/scene.ts'
import { startBrowser } from '../tests/support/browser.ts'
import { howToInstall } from './tools.mjs'

const folder = join(import.meta.dirname, '..', 'shots')
const wide = { width: 1440, height: 900 }
const narrow = { width: 380, height: 800 }
const say = line => process.stdout.write(`${line}\n`)

/** Views of a fixed height scroll inside; the picture then shows what the person sees first. */
async function picture(page, name) {
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })
}

async function shoot(browser, locale) {
  const scene = await openScene(browser, { locale, ...wide })
  let count = 0
  try {
    await tour(scene, async view => {
      for (const appearance of appearances) {
        await wear(scene.page, appearance)
        await picture(scene.page, `${view}-${locale}-${appearance.name}`)
      }
      await wear(scene.page, appearances[0])
      await scene.page.setViewportSize(narrow)
      await picture(scene.page, `${view}-${locale}-narrow`)
      await scene.page.setViewportSize(wide)
      count += appearances.length + 1
    })
  } catch (cause) {
    await picture(scene.page, `stopped-here-${locale}`)
    throw cause
  } finally {
    await scene.close()
    say(`${locale}: ${count} pictures`)
  }
}

const browser = await startBrowser()
if (browser === undefined) {
  say(howToInstall('chromium'))
  process.exit(1)
}
const locales = process.argv.length > 2 ? process.argv.slice(2) : ['en', 'zh-CN']
if (process.argv.length === 2) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
try {
  for (const locale of locales) await shoot(browser, locale)
  say(`The pictures are in ${folder}`)
} finally {
  await browser.close()
}
