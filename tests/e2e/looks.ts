import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

export const wholeTourMs = 600_000
export const ordinary = { width: 1280, height: 800 }
/** A narrow window; and a laptop's at 200% zoom, which halves what fits. */
export const sizes = [
  { name: '380 px', width: 380, height: 760 },
  { name: '200% zoom', width: 640, height: 400 },
]

/** The appearances that every view is looked at in. */
export const appearances = [
  { name: 'light', colorScheme: 'light', contrast: 'no-preference' },
  { name: 'dark', colorScheme: 'dark', contrast: 'no-preference' },
  { name: 'contrast', colorScheme: 'light', contrast: 'more' },
] as const

export type Appearance = (typeof appearances)[number]

/** Puts on an appearance as the system would, and waits until the window wears it. */
export async function wear(page: Page, { name, colorScheme, contrast }: Appearance): Promise<void> {
  await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' })
  await page.locator(`html[data-theme="${name}"]`).waitFor()
  await page.evaluate(() => document.fonts.ready)
}

async function findingsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  )
}

/** What axe finds wrong with the page, each in one line. */
export const axeFindings = (page: Page): Promise<string[]> => findingsOf(new AxeBuilder({ page }))

/** The same by its rules of colour alone. */
export const colourFindings = (page: Page): Promise<string[]> =>
  findingsOf(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))

/** What does not fit across the window: the page scrolls sideways, or something sticks out of it and is cut off. A box that scrolls by itself may hold more. */
export const sidewaysFindings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const scrolls = (element: Element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth
    const isMeant = (element: Element): boolean => {
      if (
        element.closest('.unseen, .skip, [aria-hidden="true"], [data-live-announcer], svg') !== null ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        return true
      for (let box = element.parentElement; box !== null && box !== document.documentElement; box = box.parentElement) {
        if (box.matches('.scroller, .tablebox') && scrolls(box)) return true
      }
      return false
    }
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}`
    const out = [...document.querySelectorAll('body *')].filter(element => {
      const { left, right, width: own } = element.getBoundingClientRect()
      return own > 1 && (right > width + 1 || left < -1) && !isMeant(element)
    })
    return out.length === 0
      ? []
      : [
          `sticks out of ${width} px: ${out
            .slice(0, 4)
            .map(element => `${name(element)} "${element.textContent.slice(0, 30)}"`)
            .join(' | ')}`,
        ]
  })

/** After a change of size a virtual list measures its rows in the frames that follow: only then is the page at rest. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 6; frame += 1) await new Promise(done => requestAnimationFrame(done))
  })

/** Words that lie on other words, and words that their box cuts off without a sign. */
export const overlapFindings = async (page: Page): Promise<string[]> => {
  await atRest(page)
  return page.evaluate(() => {
    const isShown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.unseen, [aria-hidden="true"], .skip, [data-live-announcer]') === null
    const walker = document.createTreeWalker(document.querySelector('[role="dialog"]') ?? document.body, NodeFilter.SHOW_TEXT)
    const pieces: { words: string; box: DOMRect; element: Element }[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const words = node.textContent?.trim() ?? ''
      if (words === '' || element === null || !isShown(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) pieces.push({ words, box, element })
    }
    const found: string[] = []
    for (const [index, one] of pieces.entries()) {
      for (const other of pieces.slice(index + 1)) {
        if (one.element === other.element) continue
        const fixed = (element: Element) => element.closest('.bar, .side, .toasts') !== null
        if (fixed(one.element) !== fixed(other.element)) continue
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (across > 3 && down > Math.min(one.box.height, other.box.height) * 0.4)
          found.push(`"${one.words.slice(0, 40)}" lies on "${other.words.slice(0, 40)}"`)
      }
    }
    return found.slice(0, 5)
  })
}
