import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { done, okpay } from './okpay.ts'

test('the app password of a vault command comes from its file, and a new one from another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-cli-'))
  const [old, fresh] = [join(folder, 'old'), join(folder, 'fresh')]
  writeFileSync(old, 'old words\n')
  writeFileSync(fresh, 'new words\r\n')
  const answers = {
    'app.state': done({ hasPassword: true }),
    'vault.changePassword': done({}),
    'vault.rotateKey': done({}),
    'app.recover': done({ phase: 'unlocked' }),
  }
  try {
    const given = ['--password-file', old]
    const changed = await okpay(['vault', 'password', ...given, '--new-password-file', fresh], answers)
    expect(changed.asked.at(-1)).toEqual(['vault.changePassword', { current: 'old words', next: 'new words' }])
    expect((await okpay(['vault', 'rotate-key', ...given], answers)).asked.at(-1)).toEqual(['vault.rotateKey', { password: 'old words' }])
    const recovered = await okpay(['recover', fresh, '--new-password-file', old], answers)
    expect(recovered.asked).toEqual([['app.recover', { words: 'new words\r\n', password: 'old words' }]])
    expect(await okpay(['vault', 'rotate-key', '--password-file', join(folder, 'none')], answers)).toMatchObject({ code: 64 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the vault is shown, and a recovery kit is saved where it is told and never over a file', async () => {
  const state = { kitMadeAt: null, databaseKeyAt: null, lockAfterMinutes: 10, lockOnHide: false, canCopyKit: false }
  const answers = {
    'app.state': done({ hasPassword: false }),
    'vault.state': done(state),
    'vault.makeKit': done({ words: [], ask: [] }),
    'vault.saveKit': done({ path: '/tmp/kit.txt', state }),
    'vault.leaveKit': done(state),
  }
  const shown = await okpay(['vault'], answers)
  const facts = /Recovery kit +There is none yet\.\n.+\nLock by itself +After 10 minutes/
  expect([shown.code, shown.out]).toEqual([0, expect.stringMatching(facts)])
  const kit = await okpay(['vault', 'kit', 'kit.txt'], answers)
  expect(kit.asked.map(([method]) => method)).toEqual(['app.state', 'vault.makeKit', 'vault.saveKit', 'vault.leaveKit'])
  expect(kit.asked).toContainEqual(['vault.saveKit', { path: resolve('kit.txt') }])
  expect([kit.code, kit.out]).toEqual([0, expect.stringContaining('/tmp/kit.txt')])
  const there = await okpay(['vault', 'kit', import.meta.filename], answers)
  expect([there.code, there.asked]).toEqual([64, []])
})

test('where nobody types, no app password is tried', async () => {
  const said = await okpay(['vault', 'password'], { 'app.state': done({ hasPassword: true }) })
  expect([said.code, said.asked]).toEqual([64, [['app.state', {}]]])
})
