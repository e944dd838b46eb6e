import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import type { Keychain } from '#main/ports.ts'
import { wordsOf } from '#main/vault/recoveryWords.ts'
import { type TestKeychain, testKeychain } from '../../support/keychain.ts'
import { goodPassword } from '../../support/wallet.ts'
import { code, vaultFolder } from './folder.ts'

const { at, path, vaultWith, empties, made } = vaultFolder()

/** The same keychain, which stops answering after so many answers. */
function dying(keychain: Keychain, answers: number): Keychain {
  let left = answers
  const spend = <A extends readonly unknown[], T>(act: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      left -= 1
      if (left < 0) throw new Fault('keychain_unavailable')
      return act(...args)
    }
  }
  return { kind: keychain.kind, load: spend(keychain.load), save: spend(keychain.save), forget: spend(keychain.forget) }
}

describe('a change of the app password', () => {
  const other = 'nine copper kettles hum at dawn'
  const opens = async (keychain: TestKeychain, password: string | null) => code(await vaultWith(keychain).open(password))

  test('keeps the keys: the new one opens, the old one does not', async () => {
    for (const kind of ['secret_service', 'none'] as const) {
      await empties()
      const keychain = testKeychain(kind)
      const keys = await made(keychain, goodPassword)
      expect(await vaultWith(keychain).changePassword(goodPassword, other)).toEqual({ ok: true, value: null })
      expect(await vaultWith(keychain).open(other)).toEqual({ ok: true, value: keys })
      expect(await opens(keychain, goodPassword)).toBe('app_password_wrong')
      expect(keychain.items.size).toBe(kind === 'none' ? 0 : 1)
    }
  })

  test('leaves the box of the keys as it was: what they encrypt is not touched', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    const { secrets } = JSON.parse(readFileSync(path(), 'utf8'))
    await vaultWith(keychain).changePassword(goodPassword, other)
    expect(JSON.parse(readFileSync(path(), 'utf8')).secrets).toBe(secrets)
  })

  test('sets one and takes it away where the keychain can be trusted, and leaves no unwrapped key behind', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, null)
    const [bare] = keychain.items.values()
    await vaultWith(keychain).changePassword(null, goodPassword)
    expect(await opens(keychain, null)).toBe('app_password_required')
    for (const item of keychain.items.values()) expect(Buffer.from(item).includes(Buffer.from(bare ?? [1]))).toBe(false)
    await vaultWith(keychain).changePassword(goodPassword, null)
    expect(await vaultWith(keychain).open(null)).toEqual({ ok: true, value: keys })
  })

  test('is not taken away where nothing else would protect the wallet', async () => {
    for (const kind of ['none', 'plain_text'] as const) {
      await empties()
      const keychain = testKeychain(kind)
      await made(keychain, goodPassword)
      expect(code(await vaultWith(keychain).changePassword(goodPassword, null))).toBe('app_password_required')
      expect(await opens(keychain, goodPassword)).toBe('opened')
    }
  })

  test('asks for the present one, counts wrong ones, and refuses a weak one', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    expect(code(await vaultWith(keychain).changePassword(goodPassword, '123456'))).toBe('app_password_weak')
    for (let turn = 0; turn < 5; turn += 1) await vaultWith(keychain).changePassword('wrong', other)
    expect(code(await vaultWith(keychain).changePassword(goodPassword, other))).toBe('app_password_wait')
  })

  test('broken off anywhere, the old or the new one opens', async () => {
    // Each turn the keychain ends after one more answer, as one does that is killed in the middle.
    for (let answers = 0; answers < 8; answers += 1) {
      await empties()
      const keychain = testKeychain()
      const keys = await made(keychain, goodPassword)
      await vaultWith(dying(keychain, answers))
        .changePassword(goodPassword, other)
        .catch(() => undefined)
      const opened = [await vaultWith(keychain).open(goodPassword), await vaultWith(keychain).open(other)].filter(outcome => outcome.ok)
      expect(opened, `after ${answers} answers`).toEqual([{ ok: true, value: keys }])
    }
  })

  test('what could not be forgotten at once is forgotten at the next opening', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    await vaultWith({ ...keychain, forget: () => Promise.reject(new Fault('keychain_unavailable')) }).changePassword(goodPassword, other)
    expect(keychain.items.size).toBe(2)
    expect(await opens(keychain, other)).toBe('opened')
    expect(keychain.items.size).toBe(1)
  })

  test('the copy of the vault follows', async () => {
    const keychain = testKeychain('none')
    const keys = await made(keychain, goodPassword)
    await vaultWith(keychain).changePassword(goodPassword, other)
    writeFileSync(path(), readFileSync(join(at.dir, 'backup', 'vault.json')))
    expect(await vaultWith(keychain).open(other)).toEqual({ ok: true, value: keys })
  })
})

describe('the recovery kit', () => {
  async function kit(keychain: TestKeychain, password: string | null): Promise<string> {
    const outcome = await vaultWith(keychain).makeKit(password)
    if (!outcome.ok) throw new Error(outcome.decline.code)
    await outcome.value.keep()
    return outcome.value.words.join(' ')
  }
  const fresh = 'seventeen grey herons cross the weir'

  test('opens the vault whose password is forgotten, with a new one', async () => {
    const keychain = testKeychain('none')
    const keys = await made(keychain, goodPassword)
    const words = await kit(keychain, goodPassword)
    expect(await vaultWith(keychain).recover(words, fresh)).toEqual({ ok: true, value: keys })
    expect(await vaultWith(keychain).open(fresh)).toEqual({ ok: true, value: keys })
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('app_password_wrong')
    expect(code(await vaultWith(keychain).recover(words.toUpperCase(), fresh)), 'the kit stays good').toBe('opened')
  })

  test('opens the vault whose keychain is gone, on a computer without one', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, null)
    const words = await kit(keychain, null)
    const none = testKeychain('none')
    expect(code(await vaultWith(none).recover(words, null))).toBe('app_password_required')
    expect(code(await vaultWith(none).recover(words, 'password1'))).toBe('app_password_weak')
    expect(await vaultWith(none).recover(words, fresh)).toEqual({ ok: true, value: keys })
    expect(await vaultWith(none).open(fresh)).toEqual({ ok: true, value: keys })
  })

  test('opens from the copy where the vault file is damaged or gone', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    const words = await kit(keychain, goodPassword)
    for (const text of ['{', undefined]) {
      if (text === undefined) await rm(path())
      else writeFileSync(path(), text)
      expect(await vaultWith(keychain).recover(words, fresh)).toEqual({ ok: true, value: keys })
    }
  })

  test('ends the wait after wrong passwords', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    const words = await kit(keychain, goodPassword)
    for (let turn = 0; turn < 6; turn += 1) await vaultWith(keychain).open('wrong')
    await vaultWith(keychain).recover(words, fresh)
    expect(await vaultWith(keychain).waitUntil()).toBeNull()
  })

  test('is made by the password alone, and the words are nowhere on disk', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    expect(code(await vaultWith(keychain).makeKit('wrong'))).toBe('app_password_wrong')
    const words = await kit(keychain, goodPassword)
    const files = readFileSync(path(), 'utf8') + readFileSync(join(at.dir, 'backup', 'vault.json'), 'utf8')
    const [first, second] = words.split(' ')
    for (const piece of [`${first} ${second}`, `"${first}"`]) expect(files).not.toContain(piece)
    expect(await vaultWith(keychain).facts()).toEqual({ kitMadeAt: expect.stringMatching(/Z$/), databaseKeyAt: null })
  })

  test('one that is not kept changes nothing; one that is replaces the one before', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    const first = await kit(keychain, goodPassword)
    await vaultWith(keychain).makeKit(goodPassword)
    expect(code(await vaultWith(keychain).recover(first, goodPassword))).toBe('opened')
    const second = await kit(keychain, goodPassword)
    expect(code(await vaultWith(keychain).recover(first, goodPassword))).toBe('recovery_words_other')
    expect(code(await vaultWith(keychain).recover(second, goodPassword))).toBe('opened')
  })

  test('of another wallet opens nothing, and says so', async () => {
    const keychain = testKeychain()
    await made(keychain, goodPassword)
    expect(code(await vaultWith(keychain).recover(wordsOf(Buffer.alloc(32, 7)).join(' '), fresh))).toBe('recovery_kit_none')
    await kit(keychain, goodPassword)
    expect(code(await vaultWith(keychain).recover(wordsOf(Buffer.alloc(32, 7)).join(' '), fresh))).toBe('recovery_words_other')
    expect(code(await vaultWith(keychain).open(goodPassword))).toBe('opened')
  })

  test('survives a change of the password and of the database key', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    const words = await kit(keychain, goodPassword)
    await vaultWith(keychain).changePassword(goodPassword, fresh)
    const rotated = await vaultWith(keychain).rotateDatabaseKey(fresh, keys.databaseKey, async () => undefined)
    expect(await vaultWith(keychain).recover(words, goodPassword)).toEqual({
      ok: true,
      value: { ...keys, databaseKey: rotated.ok && rotated.value },
    })
  })
})

describe('a new key of the database', () => {
  test('is the only one once the work is done, with the other keys as they were', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    const rotated = await vaultWith(keychain).rotateDatabaseKey(goodPassword, keys.databaseKey, async next => {
      expect(await vaultWith(keychain).open(goodPassword)).toEqual({ ok: true, value: { ...keys, nextDatabaseKey: next } })
    })
    expect(rotated.ok && rotated.value.equals(keys.databaseKey)).toBe(false)
    expect(await vaultWith(keychain).open(goodPassword)).toEqual({ ok: true, value: { ...keys, databaseKey: rotated.ok && rotated.value } })
    expect((await vaultWith(keychain).facts()).databaseKeyAt).not.toBeNull()
  })

  test('broken off, leaves both until it is known which one the file has', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, null)
    const broken = vaultWith(keychain).rotateDatabaseKey(null, keys.databaseKey, () => Promise.reject(new Fault('disk_full')))
    await expect(broken).rejects.toMatchObject({ code: 'disk_full' })
    const opened = await vaultWith(keychain).open(null)
    const next = opened.ok ? opened.value.nextDatabaseKey : undefined
    expect(next).toBeDefined()
    await vaultWith(keychain).settleDatabaseKey(null, next ?? keys.databaseKey)
    expect(await vaultWith(keychain).open(null)).toEqual({ ok: true, value: { ...keys, databaseKey: next } })
  })

  test('asks for the password', async () => {
    const keychain = testKeychain()
    const keys = await made(keychain, goodPassword)
    const rekey = vi.fn(async () => undefined)
    expect(code(await vaultWith(keychain).rotateDatabaseKey('wrong', keys.databaseKey, rekey))).toBe('app_password_wrong')
    expect(rekey).not.toHaveBeenCalled()
  })
})
