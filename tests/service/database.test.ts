import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serviceConfig } from '#service/program/settings.ts'
import { speak } from '#service/program/speech.ts'

const say = speak({ LANG: 'en' })
const folder = mkdtempSync(join(tmpdir(), 'okpay-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const databaseOf = (argument: string | undefined, env: NodeJS.ProcessEnv = {}) =>
  serviceConfig({ database: argument }, env, say).databaseUrl

const secret = 'postgres://okpay:never-tell@db.example/okpay'
const open = 'postgres://okpay@db.example/okpay'

test('the database comes from the argument, from the environment, or from the file that it names', () => {
  const file = join(folder, 'url')
  writeFileSync(file, `${secret}\n`)
  expect(databaseOf(undefined)).toBeNull()
  expect(databaseOf(open)).toBe(open)
  expect(databaseOf(undefined, { OKPAY_DATABASE_URL: secret })).toBe(secret)
  expect(databaseOf(undefined, { OKPAY_DATABASE_URL_FILE: resolve(file) })).toBe(secret)
  expect(databaseOf(open, { OKPAY_DATABASE_URL: secret })).toBe(open)
})

test('a password among the arguments is refused, and neither it nor a broken address is repeated', () => {
  const refused: readonly (readonly [argument: string | undefined, env: NodeJS.ProcessEnv])[] = [
    [secret, {}],
    ['postgres://okpay@db.example/okpay?password=never-tell', {}],
    ['mysql://okpay:never-tell@db.example/okpay', {}],
    ['never-tell', {}],
    [undefined, { OKPAY_DATABASE_URL: 'never-tell' }],
    [undefined, { OKPAY_DATABASE_URL: 'http://okpay:never-tell@db.example/okpay' }],
  ]
  for (const [argument, env] of refused) {
    let said = ''
    try {
      databaseOf(argument, env)
    } catch (error) {
      said = String(error)
    }
    expect(said).toMatch(/not understood/)
    expect(said).not.toContain('never-tell')
  }
})
