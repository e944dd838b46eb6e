import { describe, expect, test } from 'vitest'
import {
  type Appearance,
  appearances,
  axeFindings,
  colourFindings,
  ordinary,
  overlapFindings,
  sidewaysFindings,
  sizes,
  wear,
  wholeTourMs,
} from '../looks.ts'
import type { SceneOptions } from '../scene.ts'
import { useScene } from '../useScene.ts'
import { tour } from './tour.ts'

/** Walks through every view and asks axe: all of its rules in the first appearance, those of colour in the others, for only colours differ. */
export function looksAtEveryView(locale: SceneOptions['locale'], [first, ...others]: readonly [Appearance, ...Appearance[]]): void {
  describe(`every view in ${locale}`, () => {
    const scene = useScene({ locale })
    const worn = [first, ...others].map(({ name }) => name).join(', ')
    test(`pleases axe in ${worn}, and fits a narrow window and 200% zoom`, { timeout: wholeTourMs }, async () => {
      const { page } = scene()
      const findings: string[] = []
      const note = (where: string, found: readonly string[]) => findings.push(...found.map(line => `${where}: ${line}`))
      await tour(scene(), async view => {
        await wear(page, first)
        note(`${view} ${first.name}`, await axeFindings(page))
        for (const other of others) {
          await wear(page, other)
          note(`${view} ${other.name}`, await colourFindings(page))
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
