import type { Locator, Page } from 'playwright-core'

/** How a person works a window: by mouse, or by keyboard alone. The page objects know only this. */
export type Hand = {
  readonly name: 'mouse' | 'keyboard'
  /** Presses a button or follows a link. */
  readonly press: (target: Locator) => Promise<void>
  /** Puts text in the place of what a field holds. */
  readonly type: (field: Locator, text: string) => Promise<void>
  /** Takes one of a group of radio buttons. */
  readonly pick: (radio: Locator) => Promise<void>
  /** Ticks a box, or takes its tick away. */
  readonly tick: (checkbox: Locator) => Promise<void>
  /** Opens a list by its button and takes one of its options. */
  readonly choose: (button: Locator, option: Locator) => Promise<void>
}

const mostStops = 150

const isFocused = (target: Locator) => target.evaluate(element => element.contains(document.activeElement))

/** Presses Tab until the focus is where it should be. What Tab never reaches, a person without a mouse cannot use. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let stop = 0; stop < mostStops; stop += 1) {
    if (await isFocused(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

export const mouse = (): Hand => ({
  name: 'mouse',
  press: target => target.click(),
  type: (field, text) => field.fill(text),
  pick: radio => radio.locator('xpath=ancestor-or-self::label').click(),
  tick: checkbox => checkbox.locator('xpath=ancestor-or-self::label').click(),
  choose: async (button, option) => {
    await button.click()
    await option.click()
  },
})

export const keyboard = (page: Page): Hand => ({
  name: 'keyboard',
  press: async target => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  },
  type: async (field, text) => {
    await tabTo(page, field)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
  },
  pick: async radio => {
    const group = radio.locator('xpath=ancestor::*[@role="radiogroup"]')
    await tabTo(page, group)
    for (let step = 0; step < mostStops && !(await radio.isChecked()); step += 1) await page.keyboard.press('ArrowDown')
  },
  tick: async checkbox => {
    await tabTo(page, checkbox)
    await page.keyboard.press('Space')
  },
  choose: async (button, option) => {
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await option.waitFor()
    for (let step = 0; step < mostStops && !(await isFocused(option)); step += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  },
})
