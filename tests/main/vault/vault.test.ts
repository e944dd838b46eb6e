import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wipeKeys } from '#main/vault/keys.ts'
import { VaultDamaged } from '#main/vault/vaultFile.ts'
import { type TestKeychain, testKeychain } from '../../support/keychain.ts'
import { goodPassword } from '../../support/wallet.ts'
import { code, vaultFolder } from './folder.ts'

const { at, path, vaultWith, made } = vaultFolder()

describe('the vault', () => {
  test('gives back the same keys after a restart, from the keychain alone', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, null)
    expect(await vaultWith(keychain).open(null)).toEqual({ ok: true, value: keys })
    expect(new Set(Object.values(keys).map(key => key.toString('hex'))).size).toBe(3)
  })

  test('needs the password where one was set, also with a keychain', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    expect(await vaultWith(keychain).open(goodPassword)).toEqual({ ok: true, value: keys })
    expect(code(await vaultWith(keychain).open(null))).toBe('app_password_required')
    expect(code(await vaultWith(keychain).open('wrong'))).toBe('app_password_wrong')
  })

  test('asks for a password where there is no keychain, or only a plain-text one', async () => {
    expect(code(await vaultWith(testKeychain('none')).create(null))).toBe('app_password_required')
    expect(code(await vaultWith(testKeychain('plain_text')).create(null))).toBe('app_password_required')
    const none = testKeychain('none')
    const keys = await made(none, goodPassword)
    expect(await vaultWith(none).open(goodPassword)).toEqual({ ok: true, value: keys })
  })

  test('writes no key and no password to the file, and nothing into a plain-text keychain', async () => {
    const keychain = testKeychain('plain_text')
    const keys = await made(keychain, goodPassword)
    const text = await readFile(path(), 'utf8')
    for (const key of Object.values(keys)) {
      expect(text).not.toContain(key.toString('base64'))
      expect(text).not.toContain(key.toString('hex'))
    }
    expect(text).not.toContain(goodPassword)
    expect(keychain.items.size).toBe(0)
  })

  test('refuses a password that is guessed at once', async () => {
    for (const weak of ['123456', 'password1', 'aaaaaaaaaaaa', 'qwertyuiop', 'ab!9Zk'])
      expect(code(await vaultWith(testKeychain()).create(weak)), weak).toBe('app_password_weak')
  })

  test('reads the same password in another Unicode form', async () => {
    const keychain = testKeychain()
    await made(keychain, 'Café über Straßenbahn 9'.normalize('NFC'))
    expect(code(await vaultWith(keychain).open('Café über Straßenbahn 9'.normalize('NFD')))).toBe('opened')
  })

  test('does not make a second vault over the first', async () => {
    const keychain = testKeychain()
    await made(keychain, null)
    expect(code(await vaultWith(keychain).create(null))).toBe('wallet_exists')
  })

  test('says that it is damaged where the file, a box or the keychain item is not what was written', async () => {
    const keychain = testKeychain()
    await made(keychain, null)
    const whole = readFileSync(path(), 'utf8')

    writeFileSync(path(), whole.slice(0, 80))
    expect(await vaultWith(keychain).state()).toBe('damaged')
    await expect(vaultWith(keychain).open(null)).rejects.toThrow(VaultDamaged)

    const file = JSON.parse(whole)
    const box = Buffer.from(file.secrets, 'base64')
    box.writeUInt8(box.readUInt8(20) ^ 1, 20)
    writeFileSync(path(), JSON.stringify({ ...file, secrets: box.toString('base64') }))
    await expect(vaultWith(keychain).open(null)).rejects.toThrow(VaultDamaged)

    writeFileSync(path(), whole)
    keychain.items.clear()
    await expect(vaultWith(keychain).open(null)).rejects.toThrow(VaultDamaged)
  })

  test('takes an item that another program changed for damage, and not for a wrong password', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    for (const name of keychain.items.keys()) keychain.items.set(name, new Uint8Array(60).fill(3))
    await expect(vaultWith(keychain).open(goodPassword)).rejects.toThrow(VaultDamaged)
    expect(await vaultWith(keychain).waitUntil()).toBeNull()
  })

  test('takes nothing for kept that the keychain does not give back', async () => {
    const keychain = testKeychain()
    const forgetful = { ...keychain, load: async () => undefined }
    await expect(vaultWith(forgetful).create(goodPassword)).rejects.toMatchObject({ code: 'keychain_unavailable' })
    expect(await vaultWith(keychain).state()).toBe('missing')
  })

  test('opens one of an early build, whose item has the name of the vault', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    const file = JSON.parse(readFileSync(path(), 'utf8'))
    const { item, seal: _, ...lock } = file.lock
    keychain.items.set(`vault-${file.id}`, keychain.items.get(item) ?? new Uint8Array())
    keychain.items.delete(item)
    writeFileSync(path(), JSON.stringify({ ...file, lock }))
    expect(await vaultWith(keychain).open(goodPassword)).toEqual({ ok: true, value: keys })
  })

  test('says that the keychain is out of reach, and opens once it answers', async () => {
    const keychain = testKeychain()
    await made(keychain, null)
    keychain.answers = false
    await expect(vaultWith(keychain).open(null)).rejects.toMatchObject({ code: 'keychain_unavailable' })
    keychain.answers = true
    expect(code(await vaultWith(keychain).open(null))).toBe('opened')
  })

  test('wipes keys in place', async () => {
    const keys = await made(testKeychain(), null)
    wipeKeys(keys)
    for (const key of Object.values(keys)) expect(key.every(byte => byte === 0)).toBe(true)
  })
})

describe('wrong app passwords', () => {
  async function wrong(keychain: TestKeychain, times: number) {
    for (let turn = 0; turn < times; turn += 1) await vaultWith(keychain).open('wrong')
  }

  test('count down, then wait', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    expect(await vaultWith(keychain).open('wrong')).toMatchObject({ ok: false, decline: { detail: { triesLeft: '4' } } })
    await wrong(keychain, 3)
    expect(code(await vaultWith(keychain).open('wrong'))).toBe('app_password_wait')
  })

  test('the wait survives a restart, and even the right password waits', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    await wrong(keychain, 5)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('app_password_wait')
    await at.clock.moves(31_000)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('opened')
    expect(await vaultWith(keychain).waitUntil()).toBeNull()
  })

  test('each further one waits longer', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    await wrong(keychain, 5)
    await at.clock.moves(31_000)
    await wrong(keychain, 1)
    await at.clock.moves(31_000)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('app_password_wait')
    await at.clock.moves(30_000)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('opened')
  })

  test('setting the clock back does not lengthen the wait beyond itself, nor end it', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    await wrong(keychain, 5)
    await at.clock.moves(-365 * 86_400_000)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('app_password_wait')
    await at.clock.moves(31_000)
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('opened')
  })

  test('a damaged count is no free try', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    writeFileSync(join(at.dir, 'vault-tries.json'), 'zzz')
    expect(code(await vaultWith(keychain).open('wrong'))).toBe('app_password_wait')
  })
})
