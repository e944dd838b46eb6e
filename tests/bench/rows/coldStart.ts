import { createServer } from 'node:http'
import type { Page } from 'playwright-core'
import { addMoney, openAccount } from '../../e2e/journeys/opening.ts'
import { lin } from '../../e2e/pages/account.ts'
import { homePage } from '../../e2e/pages/frame.ts'
import { openScene } from '../../e2e/scene.ts'
import { startBrowser } from '../../support/browser.ts'
import { needs } from '../../support/needs.ts'
import type { BenchRow, Figure } from '../row.ts'
import { median } from '../timing.ts'

const rounds = 9
const goal = 1.4

/** Starts a browser that was never used, opens an address in it, and ends when what is looked for is on the glass. */
async function untilPainted(address: string, look: (page: Page) => Promise<unknown>): Promise<number> {
  const start = performance.now()
  const browser = await startBrowser()
  if (browser === undefined) return Number.NaN
  const page = await browser.newPage({ locale: 'en' })
  await page.goto(address, { waitUntil: 'commit' })
  await look(page)
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  const took = performance.now() - start
  await browser.close()
  return took
}

/** An empty page on this computer, for the same browser. */
function serveEmptyPage(): Promise<{ readonly address: string; readonly close: () => void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Empty</title><p>0</p>')
  })
  return new Promise(done => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      done({ address: `http://127.0.0.1:${port}/`, close: () => server.close() })
    })
  })
}

async function measure(): Promise<Figure> {
  const unmeasured = { value: Number.NaN, unit: 'ms', reference: null, ratio: null, goal: `<= ${goal} x an empty page`, ok: null }
  const { reason } = needs('chromium')
  const browser = await startBrowser()
  if (browser === undefined) return { ...unmeasured, ...(reason === undefined ? {} : { note: reason }) }
  const scene = await openScene(browser, { locale: 'en' })
  const empty = await serveEmptyPage()
  try {
    await openAccount(scene, lin)
    await addMoney(scene, 'EUR', '123.45')
    const ours: number[] = []
    const bare: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const address = await scene.app.windowAddress()
      ours.push(
        await untilPainted(address, page =>
          homePage({ ...scene, page })
            .balance('EUR', '123.45')
            .waitFor(),
        ),
      )
      bare.push(await untilPainted(empty.address, page => page.getByText('0').waitFor()))
    }
    const [value, reference] = [median(ours), median(bare)]
    const ratio = value / reference
    return {
      ...unmeasured,
      value,
      reference,
      ratio,
      ok: ratio <= goal,
      note: `from the start of a fresh browser to the painted balance of an unlocked wallet; median of ${rounds}`,
    }
  } finally {
    empty.close()
    await scene.close()
    await browser.close()
  }
}

export const rows: readonly BenchRow[] = [
  { name: 'cold start to painted balance', seconds: 40, needsWallet: false, measure: () => measure() },
]
