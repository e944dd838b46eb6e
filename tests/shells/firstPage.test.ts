import { describe, expect, test } from 'vitest'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { openLoopback } from './window.ts'

const screen = (html: Promise<string>) => ({ lang: 'zh-CN', dir: 'ltr', theme: 'dark', html }) as const
const drawn: DrawFirstScreen = async () => screen(Promise.resolve('<div id="first">$& 总资产</div>'))

async function pagesOf(draw: DrawFirstScreen) {
  const { origin, enter } = await openLoopback(draw)
  const headers = { cookie: await enter() }
  const load = async () => {
    const answer = await fetch(origin, { headers })
    return { text: await answer.text(), kept: answer.headers.get('cache-control') }
  }
  return { launched: await load(), again: await load() }
}

describe('the page that a launch opens', () => {
  test('holds the first screen, in its language and theme, and is not kept by the browser', async () => {
    const { launched } = await pagesOf(drawn)
    expect(launched.text).toContain('<html lang="zh-CN" dir="ltr" data-theme="dark">')
    expect(launched.text).toContain('<div id="first">$& 总资产</div><div id="root"></div>')
    expect(launched.text).toContain('<script src="./early.js" data-window-script="./assets/index-Ab12_-cd.js"></script>')
    expect(launched.text).not.toContain('type="module"')
    expect(launched.text).not.toMatch(/(?:src|href)="[^"]*index-Ab12_-cd/)
    expect(launched.kept).toBe('no-store')
  })

  test('holds it once: a page that is loaded again stands at a place of its own', async () => {
    const { again } = await pagesOf(drawn)
    expect(again.text).not.toContain('id="first"')
    expect(again.text).toContain('data-theme="system"')
    expect(again.text).toContain('type="module"')
  })

  test('is drawn when its address is given out, before a window comes by it', async () => {
    let times = 0
    const { server } = await openLoopback(async () => {
      times += 1
      return undefined
    })
    server.launchUrl()
    await expect.poll(() => times).toBe(1)
  })

  test.each<readonly [string, DrawFirstScreen]>([
    ['there is nothing to show', async () => undefined],
    ['it cannot be begun', () => Promise.reject(new Error('broken'))],
    ['it cannot be drawn', async () => screen(Promise.reject(new Error('broken')))],
    ['it takes too long to begin', () => new Promise(() => undefined)],
    ['it takes too long', async () => screen(new Promise(() => undefined))],
  ])('has an empty root where %s', async (_, draw) => {
    const { launched } = await pagesOf(draw)
    expect(launched.text).not.toContain('id="first"')
    expect(launched.text).toContain('<div id="root"></div>')
  })
})
