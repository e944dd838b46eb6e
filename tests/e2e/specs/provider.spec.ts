import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { makeRoots } from '#service/root/makeRoots.ts'
import { badLine } from '../../support/badLine.ts'
import { startBrowser } from '../../support/browser.ts'
import { needs } from '../../support/needs.ts'
import { newId, startTestService } from '../../support/service.ts'
import { openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { openScene, type Scene, walks } from '../scene.ts'

const need = needs('chromium')

function providerPage({ page, t, hand }: Scene) {
  const banner = page.getByRole('alert').filter({ hasText: t('provider.banner') })
  const dialog = page.getByRole('dialog', { name: t('provider.goOnTitle') })
  const act = dialog.getByRole('button', { name: t('provider.goOn'), exact: true })
  return {
    banner,
    dialog,
    act,
    verified: (count: number) => page.getByRole('link', { name: t('provider.verified', { count }) }),
    check: () => hand.press(page.getByRole('button', { name: t('provider.check') })),
    save: () => hand.press(banner.getByRole('button', { name: t('provider.save') })),
    saved: banner.getByRole('status').filter({ hasText: '.json' }),
    goOn: () => hand.press(banner.getByRole('button', { name: t('provider.goOn') })),
    type: (word: string) => hand.type(dialog.getByRole('textbox'), word),
  }
}

describe.each(walks)('a service that lies, in $locale by $hand', walk => {
  test.skipIf(need.path === undefined)('is refused on every view, with evidence, until the person types that it goes on', async () => {
    const service = await startTestService({ clock: Date.now })
    const line = await badLine(service.url)
    const browser = await startBrowser()
    if (!browser) throw new Error('there is no browser')
    const scene = await openScene(browser, { ...walk, env: { OKPAY_SERVICE_URL: line.url } })
    try {
      const provider = providerPage(scene)
      await openAccount(scene, lin)
      await hasEuro(scene, '50.00')
      await framePage(scene).go('home')
      await homePage(scene).balance('EUR', '50.00').waitFor()
      await provider.verified(1).waitFor()

      await makeRoots(service.ports)
      await framePage(scene).settings()
      await provider.check()
      await scene.page.getByText(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/).waitFor()
      await scene.page.getByText(scene.t('provider.rootHint')).waitFor()

      line.becomes({ is: 'lies', page: page => ({ ...page, heads: page.heads && { ...page.heads, signature: 'A'.repeat(86) } }) })
      await framePage(scene).settings()
      await provider.check()
      await provider.banner.waitFor()
      await framePage(scene).go('home')
      expect(await provider.banner.innerText()).toContain(scene.t('provider.mismatch.signature_wrong'))
      for (const place of ['pay', 'activity', 'help'] as const) {
        await framePage(scene).go(place)
        await provider.banner.waitFor()
      }
      await framePage(scene).settings()

      await provider.save()
      const said = await provider.saved.innerText()
      const path = /\/.*\.json/.exec(said)?.[0] ?? ''
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'okpay.evidence.1', code: 'signature_wrong' })

      line.becomes({ is: 'good' })
      await provider.goOn()
      await provider.type('no')
      expect(await provider.act.isDisabled()).toBe(true)
      await provider.type(scene.t('provider.goOnWord'))
      await scene.hand.press(provider.act)
      await provider.banner.waitFor({ state: 'detached' })
      await framePage(scene).go('home')
      await homePage(scene).balance('EUR', '50.00').waitFor()
      await provider.verified(1).waitFor()
      const terminal = await scene.app.terminal('verify', '--json', '--locale', 'en')
      expect([terminal.code, JSON.parse(terminal.stdout).verified.movements]).toEqual([0, 1])
      expect(scene.trouble()).toEqual([])
    } finally {
      await scene.close()
      await browser.close()
      await service.stop()
    }
  })
})

/** A real top-up from the terminal beside the window, which offers the simulated bank only with its own service. */
async function hasEuro({ app }: Scene, value: string): Promise<void> {
  const id = newId()
  for (const [method, input] of [
    ['topUps.create', { id, amount: { currency: 'EUR', value } }],
    ['topUps.simulateTransfer', { id }],
  ] as const)
    expect(await app.terminal('call', method, JSON.stringify(input), '--json')).toMatchObject({ code: 0 })
}
