import { describe, expect, test } from 'vitest'
import { foreignWords } from '../foreignWords.ts'
import { tour } from '../journeys/tour.ts'
import { ordinary, overlapFindings, sidewaysFindings, sizes, wholeTourMs } from '../looks.ts'
import { useScene } from '../useScene.ts'

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
