import { describe, expect, test } from 'vitest'
import { tour } from '../journeys/tour.ts'
import { appearances, axeFindings, ordinary, overlapFindings, sidewaysFindings, sizes, wear, wholeTourMs } from '../looks.ts'
import { useScene } from '../useScene.ts'

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
