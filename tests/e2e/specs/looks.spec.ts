import { describe, expect, test } from 'vitest'
import { foreignWords } from '../foreignWords.ts'
import { tour } from '../journeys/tour.ts'
import { appearances, axeFindings, overlapFindings, sidewaysFindings, wear } from '../looks.ts'
import { useScene } from '../useScene.ts'

const wholeTourMs = 600_000
const ordinary = { width: 1280, height: 800 }
/** A narrow window; and a laptop's at 200% zoom, which halves what fits. */
const sizes = [
  { name: '380 px', width: 380, height: 760 },
  { name: '200% zoom', width: 640, height: 400 },
]

/** The colours of an appearance are the same in each language: one language is enough for all of them. */
const looked = [
  { locale: 'en', worn: appearances },
  { locale: 'zh-CN', worn: appearances.slice(0, 1) },
] as const

for (const { locale, worn } of looked) {
  describe(`every view in ${locale}`, () => {
    const scene = useScene({ locale })
    test(`pleases axe in ${worn.map(({ name }) => name).join(', ')}, and fits a narrow window and 200% zoom`, {
      timeout: wholeTourMs,
    }, async () => {
      const { page } = scene()
      const findings: string[] = []
      const note = (where: string, found: readonly string[]) => findings.push(...found.map(line => `${where}: ${line}`))
      await tour(scene(), async view => {
        for (const appearance of worn) {
          await wear(page, appearance)
          note(`${view} ${appearance.name}`, await axeFindings(page))
        }
        await wear(page, appearances[0])
        for (const size of sizes) {
          await page.setViewportSize(size)
          note(`${view} ${size.name}`, [...(await sidewaysFindings(page)), ...(await overlapFindings(page))])
        }
        await page.setViewportSize(ordinary)
      })
      expect(findings).toEqual([])
    })
  })
}

describe('every view in the accented pseudo-locale', () => {
  const scene = useScene({ locale: 'en-XA' })
  test('shows no word that is outside of the locales, and holds words a third longer', { timeout: wholeTourMs }, async () => {
    const findings: string[] = []
    await tour(scene(), async view => {
      const { page } = scene()
      findings.push(
        ...[...(await foreignWords(page)), ...(await overlapFindings(page)), ...(await sidewaysFindings(page))].map(
          line => `${view}: ${line}`,
        ),
      )
    })
    expect(findings).toEqual([])
  })
})

describe('every view from right to left', () => {
  const scene = useScene({ locale: 'ar-XB' })
  test('turns around without words on words or a page that scrolls sideways', { timeout: wholeTourMs }, async () => {
    const { page } = scene()
    const findings: string[] = []
    await tour(scene(), async view => {
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
      for (const size of [ordinary, ...sizes]) {
        await page.setViewportSize(size)
        findings.push(
          ...[...(await overlapFindings(page)), ...(await sidewaysFindings(page))].map(line => `${view} at ${size.width}: ${line}`),
        )
      }
      await page.setViewportSize(ordinary)
    })
    expect(findings).toEqual([])
  })
})
