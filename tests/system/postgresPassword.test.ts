import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withoutPassword } from '#storage/postgres/url.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { postgresOfThisFile } from '../support/postgres.ts'

const postgres = postgresOfThisFile()
const entry = resolve('src/service/index.ts')
const key = Buffer.alloc(32, 7)
const wrong = 'never-tell-wrong'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-password-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Told = { readonly code: number; readonly out: string; readonly err: string }

/** The program itself, with everything that it writes. */
const run = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<Told> =>
  new Promise(done => {
    const own = { PATH: process.env['PATH'], HOME: folder, LANG: 'en_US.UTF-8', OKPAY_FETCH_RATES: '0', OKPAY_LOG: 'requests' }
    const given = { ...own, OKPAY_DATABASE_KEY: key.toString('hex'), ...env }
    execFile(process.execPath, [entry, ...args], { env: given }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })

/** Lines for people; the log is one JSON object a line. */
const sentences = ({ out, err }: Told): readonly string[] => `${out}${err}`.split('\n').filter(line => line !== '' && !line.startsWith('{'))

/** What the programs left in the folder, as text. */
const written = (): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .map(file => readFileSync(join(file.parentPath, file.name), 'latin1'))
    .join('')

describe('a wrong password of the database', () => {
  const commands: Readonly<Record<string, (shown: string) => readonly string[]>> = {
    serve: () => ['serve', '--sandbox'],
    verify: () => ['verify'],
    'verify as JSON': () => ['verify', '--json'],
    book: () => ['book', '--format', 'hledger'],
    'migrate-store from it': shown => ['migrate-store', '--from', shown, '--to', join(folder, 'to')],
    'migrate-store into it': shown => ['migrate-store', '--from', join(folder, 'from'), '--to', shown],
  }
  for (const [name, args] of Object.entries(commands))
    test(`ends ${name} with 3 and one sentence, and neither it nor the right one is told anywhere`, async context => {
      const server = await postgres(context)
      const right = await server.database()
      const url = right.replace(server.password, wrong)
      mkdirSync(join(folder, 'from'))
      await openServiceStore({ path: join(folder, 'from', 'service.db'), key }).close()
      const words = [...args(withoutPassword(url)), '--data', join(folder, 'data')]
      const asGiven = await run(words, { OKPAY_DATABASE_URL: url })
      const file = join(folder, 'url')
      writeFileSync(file, `${url}\n`)
      const asFile = await run(words, { OKPAY_DATABASE_URL_FILE: file })
      rmSync(file)
      for (const told of [asGiven, asFile]) {
        expect(told.code).toBe(3)
        expect(sentences(told)).toEqual([expect.stringContaining('cannot be reached')])
        expect(told.out + told.err).not.toContain('never-tell')
      }
      expect(written()).not.toContain('never-tell')
    })

  test('by PGPASSWORD too', async context => {
    const server = await postgres(context)
    const shown = withoutPassword(await server.database())
    for (const args of [['verify'], ['serve', '--sandbox']]) {
      const told = await run([...args, '--data', join(folder, 'data'), '--database', shown], { PGPASSWORD: wrong })
      expect([told.code, sentences(told)]).toEqual([3, [expect.stringContaining('cannot be reached')]])
      expect(told.out + told.err).not.toContain('never-tell')
    }
    const sound = await run(['verify', '--data', folder, '--database', shown], { PGPASSWORD: server.password })
    expect([sound.code, sentences(sound)]).toEqual([0, [expect.stringContaining('adds up')]])
  })
})
