import { describe, expect, test } from 'vitest'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { openLoopback } from './window.ts'

const drawn: DrawFirstScreen = async () => ({ lang: 'zh-CN', dir: 'ltr', theme: 'dark', html: '<div id="first">$& 总资产</div>' })

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
    expect(launched.kept).toBe('no-store')
  })

  test('holds it once: a page that is loaded again stands at a place of its own', async () => {
    const { again } = await pagesOf(drawn)
    expect(again.text).not.toContain('id="first"')
    expect(again.text).toContain('data-theme="system"')
  })

  test.each<readonly [string, DrawFirstScreen]>([
    ['there is nothing to show', async () => undefined],
    ['it cannot be drawn', () => Promise.reject(new Error('broken'))],
    ['it takes too long', () => new Promise(() => undefined)],
  ])('is the plain one where %s', async (_, draw) => {
    const { launched } = await pagesOf(draw)
    expect(launched.text).not.toContain('id="first"')
    expect(launched.text).toContain('<div id="root"></div>')
  })
})
