import { createServer } from 'node:http'
import { addMoney, openAccount } from '../../e2e/journeys/opening.ts'
import { lin } from '../../e2e/pages/account.ts'
import { openScene } from '../../e2e/scene.ts'
import { startBrowser } from '../../support/browser.ts'
import { needs } from '../../support/needs.ts'
import type { BenchRow, Figure } from '../row.ts'
import { median } from '../timing.ts'

const rounds = 9
const goal = 1.4

/**
 * In the page: tells the browser's own record of the first paint at which the words stood in the document, in milliseconds since its navigation began. A
 * question from outside would wait until the page's script leaves the thread, long after the paint.
 */
function watchPaint(words: string): void {
  let seenAt = Number.POSITIVE_INFINITY
  new MutationObserver((_, observer) => {
    if (!document.body?.textContent?.includes(words)) return
    seenAt = performance.now()
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true, characterData: true })
  const painted = new Promise<number>(done => {
    const look = (list: PerformanceObserverEntryList) => {
      const first = list.getEntries().find(({ startTime }) => startTime >= seenAt)
      if (first) done(performance.timeOrigin + first.startTime)
    }
    for (const type of ['paint', 'largest-contentful-paint']) new PerformanceObserver(look).observe({ type, buffered: true })
  })
  Object.assign(window, { painted })
}

/** From the start of a browser that was never used until the words are on its glass. */
async function untilPainted(address: string, words: string): Promise<number> {
  const start = performance.timeOrigin + performance.now()
  const browser = await startBrowser()
  if (browser === undefined) return Number.NaN
  const page = await browser.newPage({ locale: 'en' })
  await page.addInitScript(watchPaint, words)
  await page.goto(address, { waitUntil: 'commit' })
  const painted = await page.evaluate<number>('window.painted')
  await browser.close()
  return painted - start
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
      ours.push(await untilPainted(address, '123.45'))
      bare.push(await untilPainted(empty.address, '0'))
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
