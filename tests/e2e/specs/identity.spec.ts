import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, test } from 'vitest'
import { openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage } from '../pages/frame.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

describe.each(walks.filter(({ locale }) => locale === 'zh-CN'))('the identity of a person in $locale by $hand', walk => {
  const scene = useScene(walk, opened => openAccount(opened, lin))

  test('details are verified at once, and a passport is handed in with its picture', async () => {
    const { t, hand, page } = scene()
    const dialog = page.getByRole('dialog')
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    const press = (name: string) => hand.press(page.getByRole('button', { name, exact: true }))
    const choose = async (name: string, option: string) => {
      await hand.type(dialog.getByRole('combobox', { name, exact: true }), option)
      await page.getByRole('option', { name: option, exact: true }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
    const day = async (name: string, digits: string) => {
      await dialog.getByRole('group', { name }).getByRole('spinbutton').first().click()
      await page.keyboard.type(digits)
    }
    await framePage(scene()).settings()
    await press(`${t('identity.begin')}: ${t('identity.tier_details')}`)
    await hand.type(field(t('identity.name')), '张伟明')
    await hand.type(field(t('identity.latinName')), 'Zhang Weiming')
    await day(t('identity.bornOn'), '19800229')
    await choose(t('identity.nationality'), '中国')
    await hand.type(field(t('identity.street')), '中山路 1 号')
    await hand.type(field(t('identity.city')), '上海')
    await choose(t('identity.country'), '中国')
    await press(t('identity.handIn'))
    await page.getByText(t('identity.stands', { tier: t('identity.tier_details') })).waitFor()

    await press(`${t('identity.begin')}: ${t('identity.tier_document')}`)
    await choose(t('identity.issuer'), '中国')
    await hand.type(field(t('identity.number')), 'EA1234567')
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#9ab' } })
      .jpeg()
      .toBuffer()
    const folder = join(tmpdir(), `okpay-photo-${process.pid}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'passport.jpg'), photo)
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(t('identity.add'))])
    await chooser.setFiles(join(folder, 'passport.jpg'))
    const look = dialog.getByRole('button', { name: t('identity.show'), exact: true })
    await look.waitFor()
    // Tab would open each list of countries on its way round.
    await look.focus()
    await page.keyboard.press('Enter')
    await dialog.getByRole('img', { name: t('identity.pageAlt', { page: 1 }) }).waitFor()
    await press(t('identity.handIn'))
    await page.getByText(t('identity.state_in_review'), { exact: true }).waitFor()
  })
})
