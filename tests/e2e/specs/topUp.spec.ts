import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseDecimal } from '#core/money/amount.ts'
import { writeCamt053 } from '#core/rails/bank/writeCamt053.ts'
import { isReference } from '#core/rails/reference.ts'
import { toolOrSkip } from '../../support/needs.ts'
import { run } from '../../support/process.ts'
import { openAccount } from '../journeys/opening.ts'
import { lin } from '../pages/account.ts'
import { framePage, homePage } from '../pages/frame.ts'
import { topUpPage } from '../pages/topUp.ts'
import { walks } from '../scene.ts'
import { useScene } from '../useScene.ts'

const folder = mkdtempSync(join(tmpdir(), 'okpay-bank-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A statement of a real bank's form with one transfer on it. */
function bankFile(name: string, iban: string, reference: string, value: string): string {
  const amount = parseDecimal('EUR', value)
  if (amount === undefined || !isReference(reference)) throw new Error('the transfer is not well formed')
  const path = join(folder, name)
  const entry = { amount, direction: 'credit' as const, bankReference: name, bookedOn: '2026-11-20', reference, counterpartyName: lin.name }
  writeFileSync(
    path,
    writeCamt053({
      messageId: name,
      statementId: name,
      createdAt: '2026-11-20T18:00:00.000Z',
      fromOn: '2026-11-20',
      toOn: '2026-11-20',
      iban,
      opening: { currency: 'EUR', minor: 0n },
      entries: [entry],
    }),
  )
  return path
}

describe.each(walks)('topping up in $locale by $hand', walk => {
  const scene = useScene(walk, opened => openAccount(opened, lin))
  const reference = { value: '' }

  test('gives account details with a reference, and a code that a banking app scans', async context => {
    const topUp = topUpPage(scene())
    await framePage(scene()).go('topUp')
    await topUp.ask('EUR', '250.00')
    reference.value = await topUp.reference()
    await topUp.copyReference()
    expect((await scene().page.evaluate(() => navigator.clipboard.readText())).replaceAll(' ', '')).toBe(reference.value)
    const zbarimg = toolOrSkip(context, 'zbarimg')
    const picture = join(folder, `${walk.locale}-epc.png`)
    await topUp.qr.screenshot({ path: picture })
    const { stdout } = await run(zbarimg, ['--quiet', '--raw', picture])
    expect(stdout).toContain('BCD\n002')
    expect(stdout).toContain('EUR250.00')
    expect(stdout).toContain(reference.value)
  })

  test('the balance in the open window rises when the operator imports the bank file', async () => {
    const file = bankFile(`${walk.locale}-1.xml`, await topUpPage(scene()).iban(), reference.value, '250.00')
    const imported = await scene().app.operate('import-statement', file)
    expect(imported, imported.stderr).toMatchObject({ code: 0 })
    await topUpPage(scene()).credited('EUR', '250.00').waitFor()
    await framePage(scene()).go('home')
    await homePage(scene()).balance('EUR', '250.00').waitFor()
  })

  test('the same file again changes nothing and says so', async () => {
    const file = join(folder, `${walk.locale}-1.xml`)
    const again = await scene().app.operate('import-statement', file)
    expect(again.stdout).toContain(
      scene().t('service.imported', { file: basename(file), credited: 0, waiting: 0, seenBefore: 1, notMoneyIn: 0 }),
    )
    await homePage(scene()).balance('EUR', '250.00').waitFor()
  })

  test('the simulated bank credits through the same import', async () => {
    const topUp = topUpPage(scene())
    await framePage(scene()).go('topUp')
    await topUp.ask('CNY', '1888.88')
    await topUp.simulate('CNY', '1888.88')
    await topUp.credited('CNY', '1888.88').waitFor()
    await framePage(scene()).go('home')
    await homePage(scene()).balance('CNY', '1888.88').waitFor()
  })

  test('an announced top-up can be cancelled', async () => {
    const topUp = topUpPage(scene())
    await framePage(scene()).go('topUp')
    await topUp.ask('JPY', '12000')
    await topUp.cancel()
    await topUp.state('cancelled').first().waitFor()
  })
})
