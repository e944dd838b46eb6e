import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFailed } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { type OpenScene, openScene, type Scene, type SceneOptions } from './scene.ts'

const pictures = resolve(import.meta.dirname, '../../test-results')

/**
 * One app and one window for all tests of a describe block, made before the first and ended after the last. A test that fails leaves a picture in
 * test-results/; one that makes the window complain fails for that alone.
 * @param prepare brings the scene to where the tests begin.
 */
export function useScene(options: SceneOptions, prepare: (scene: Scene) => Promise<void> = async () => undefined): () => Scene {
  const need = needs('chromium')
  let browser: Browser | undefined
  let scene: OpenScene | undefined
  beforeAll(async () => {
    browser = await startBrowser()
    if (browser === undefined) return
    scene = await openScene(browser, options)
    try {
      await prepare(scene)
    } catch (cause) {
      await takePicture(scene, `before ${options.locale} ${options.hand ?? ''}`)
      throw cause
    }
  })
  afterAll(async () => {
    await scene?.close()
    await browser?.close()
  })
  beforeEach(context => {
    if (need.path === undefined) context.skip(need.reason)
    onTestFailed(async () => {
      if (scene) await takePicture(scene, context.task.name)
    })
  })
  afterEach(() => {
    expect(scene?.trouble() ?? [], 'what the window complained of').toEqual([])
  })
  return () => {
    if (scene === undefined) throw new Error('the scene is not open')
    return scene
  }
}

async function takePicture({ page, said, locale }: Scene, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  const path = resolve(pictures, `${locale} ${name}`.replace(/[^\p{L}\p{N}]+/gu, '-').concat('.png'))
  await page.screenshot({ path, fullPage: true })
  process.stderr.write(`picture: ${path}\n${said()}\n`)
}
