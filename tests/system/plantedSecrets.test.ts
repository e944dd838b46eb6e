import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openAccount } from '../e2e/journeys/opening.ts'
import { lin } from '../e2e/pages/account.ts'
import { framePage, homePage } from '../e2e/pages/frame.ts'
import { appPassword, startPage } from '../e2e/pages/start.ts'
import { useScene } from '../e2e/useScene.ts'

/** The page's own JavaScript heap after a garbage collection, as the text of its snapshot. */
async function heapOf(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page)
  const chunks: string[] = []
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await cdp.send('HeapProfiler.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await cdp.detach()
  return chunks.join('')
}

const planted = [lin.name, lin.email, lin.password, appPassword]

describe('the window', () => {
  const scene = useScene({ locale: 'en', hand: 'mouse' })

  test('after locking no planted secret is in the page or in its heap', async () => {
    await openAccount(scene(), lin)
    await homePage(scene()).balances.waitFor()
    const before = await heapOf(scene().page)
    expect(before.includes(lin.email), 'the probe finds what is there').toBe(true)

    await framePage(scene()).lock()
    await startPage(scene()).locked.waitFor()
    const [dom, heap] = [await scene().page.content(), await heapOf(scene().page)]
    for (const secret of planted) {
      expect(dom.includes(secret), `in the page: ${secret}`).toBe(false)
      expect(heap.includes(secret), `in the heap: ${secret}`).toBe(false)
    }
  })
})
