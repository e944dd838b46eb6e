import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Decimal } from 'decimal.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountName } from '#core/book/accountName.ts'
import type { BookFormatName } from '#core/book/index.ts'
import type { AccountId } from '#core/ledger/account.ts'
import type { LedgerCommand } from '#core/ledger/command.ts'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import { writeBook } from '#service/program/book.ts'
import { speak } from '#service/program/speech.ts'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { toolOrSkip } from '../support/needs.ts'
import { postgresOfThisFile } from '../support/postgres.ts'

const currencies = ['EUR', 'KWD', 'JPY', 'ETH'] as const
const people = ['0198c0de-0000-7000-8000-000000000001', 'c0ffee00-0000-7000-8000-000000000002'] as const
const dayMs = 86_400_000
const firstDay = Date.parse('2026-11-01T00:00:00.000Z')

const postgres = postgresOfThisFile()
let folder = ''
const key = randomBytes(32)
const env = { OKPAY_DATABASE_KEY: key.toString('hex'), LANG: 'en' }
/** What our own ledger says of each account, at the end and at the end of the tenth day. */
const ours = { end: new Map<string, string>(), tenth: new Map<string, string>() }

const rail = (currency: CurrencyCode): AccountId => `rail:sandbox_bank:${currency}`
const shop = (currency: CurrencyCode): AccountId => `merchant:shop-books:${currency}`
const fee = (currency: CurrencyCode): AccountId => `fee:okpay:${currency}`
const holder = (who: string, currency: CurrencyCode): AccountId => `holder:${who}:${currency}`

/** Twenty days of top-ups, payments and a few reversals: amounts down to one wei, a value date before its booking, a clock that once went back. */
function* history(): Generator<LedgerCommand> {
  let n = 0
  const id = () => `command-${String(++n).padStart(4, '0')}`
  for (const currency of currencies)
    for (const account of [rail(currency), shop(currency), fee(currency), ...people.map(who => holder(who, currency))])
      yield { id: id(), at: firstDay, type: 'open', account }
  for (let day = 0; day < 20; day += 1)
    for (const [index, currency] of currencies.entries()) {
      const at = firstDay + day * dayMs + index * 1_000 - (day === 7 ? 2 * dayMs : 0)
      const who = people[day % 2] ?? people[0]
      const minor = currency === 'ETH' ? 12_345_678_901_234_567_891n + BigInt(day) : 1_000_001n + BigInt(day * 7)
      const common = { type: 'post', effectiveAt: at - dayMs } as const
      yield {
        ...common,
        id: id(),
        at,
        kind: 'top_up',
        subject: `top-up "${day}"; with: marks | and   spaces`,
        legs: [
          { account: rail(currency), minor: -minor },
          { account: holder(who, currency), minor },
        ],
      }
      if (day === 3)
        yield { id: id(), at, type: 'reverse', posting: `command-${String(n - 1).padStart(4, '0')}`, subject: 'back', effectiveAt: at }
      const paid = 1n + BigInt(day)
      yield {
        ...common,
        id: id(),
        at,
        kind: 'payment',
        subject: `K7F3-9Q${day}`,
        legs: [
          { account: holder(who, currency), minor: -3n * paid },
          { account: shop(currency), minor: 2n * paid },
          { account: fee(currency), minor: paid },
        ],
      }
    }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-book-'))
  const store = openServiceStore({ path: join(folder, 'service.db'), key })
  const state = (into: Map<string, string>) =>
    store.read(async tx => {
      for (const currency of currencies)
        for (const account of [rail(currency), shop(currency), fee(currency), ...people.map(who => holder(who, currency))]) {
          const posted = (await tx.ledger.account(account))?.posted ?? 0n
          if (posted !== 0n) into.set(accountName(account).name, toDecimal({ currency, minor: -posted }))
        }
    })
  for (const command of history()) {
    if (command.at >= firstDay + 10 * dayMs && ours.tenth.size === 0) await state(ours.tenth)
    const answer = await store.write(tx => tx.ledger.post(command))
    if (!answer.ok) throw new Error(JSON.stringify(answer.decline))
  }
  await state(ours.end)
  await store.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Days = { readonly from?: string; readonly to?: string }

async function written(format: BookFormatName, days: Days = {}, databaseUrl: string | null = null): Promise<string> {
  const path = join(folder, `book${databaseUrl === null ? '' : '-postgres'}.${format}`)
  const out = createWriteStream(path)
  await writeBook({ folder, databaseUrl, env, say: speak(env), print: () => undefined }, { format, ...days }, out)
  out.end()
  await finished(out)
  return path
}

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } })

/** Amounts as we write them; what is zero, and what only opens a period, is left out. */
function balancesOf(lines: readonly (readonly [account: string, amount: string])[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [account, amount] of lines) {
    const currency = account.split(':').at(-1) ?? ''
    if (!isCurrencyCode(currency)) continue
    const read = parseDecimal(currency, new Decimal(amount.replace(currency, '').replaceAll('"', '').trim()).toFixed())
    if (!read) throw new Error(`the peer says ${amount} of ${account}`)
    if (read.minor !== 0n) found.set(account, toDecimal(read))
  }
  return found
}

const split = (text: string, by: RegExp): (readonly [string, string])[] =>
  text
    .trim()
    .split('\n')
    .map(line => line.trim().split(by))
    .map(([account = '', amount = '']) => [account.replaceAll('"', '').trim(), amount] as const)

const hledger = (path: string, program: string) => {
  run(program, ['-f', path, 'check', '--strict'])
  return balancesOf(split(run(program, ['-f', path, 'balance', '--flat', '-N', '-O', 'csv']), /","/).slice(1))
}
const ledger = (path: string, program: string) =>
  balancesOf(
    split(
      run(program, [
        '--args-only',
        '-f',
        path,
        '--strict',
        '--pedantic',
        'balance',
        '--flat',
        '--no-total',
        '--format',
        '%(account)|%(total)\n',
      ]),
      /\|/,
    ),
  )
const beancount = (path: string, program: string) => {
  run(program.replace(/query$/, 'check'), [path])
  return balancesOf(split(run(program, ['-f', 'csv', path, 'SELECT account, sum(number) GROUP BY account']), /,/).slice(1))
}

const peers = [
  ['hledger', 'hledger', hledger],
  ['ledger', 'ledger', ledger],
  ['beancount', 'bean-query', beancount],
] as const

/** The peers that this machine has, each with what it makes of a book. */
describe.each(peers)('%s', (format, tool, read) => {
  test('agrees with our balances to the unit', async context => {
    const program = toolOrSkip(context, tool)
    expect(read(await written(format), program)).toEqual(ours.end)
  })

  test('agrees at the end of a day, and when the book begins with its balances', async context => {
    const program = toolOrSkip(context, tool)
    expect(read(await written(format, { to: '2026-11-10' }), program)).toEqual(ours.tenth)
    expect(read(await written(format, { from: '2026-11-11' }), program)).toEqual(ours.end)
    expect(read(await written(format, { from: '2026-11-05', to: '2026-11-10' }), program)).toEqual(ours.tenth)
    expect(read(await written(format, { from: '2027-01-01' }), program)).toEqual(ours.end)
  })

  test('finds what does not add up', async context => {
    const program = toolOrSkip(context, tool)
    const path = await written(format)
    writeFileSync(path, readFileSync(path, 'utf8').replace('0.000000000000000001', '0.000000000000000002'))
    expect(() => read(path, program)).toThrow()
  })
})

test('the same history in PostgreSQL is the same text, to the letter', async context => {
  const databaseUrl = await (await postgres(context)).database()
  const store = await openPostgres({ url: databaseUrl })
  for (const command of history()) expect(await store.write(tx => tx.ledger.post(command))).toMatchObject({ ok: true })
  const made = /^; .*$/gm
  const textOf = async (...of: Parameters<typeof written>) => readFileSync(await written(...of), 'utf8').replaceAll(made, '')
  const periods: readonly Days[] = [{}, { to: '2026-11-10' }, { from: '2026-11-05', to: '2026-11-10' }, { from: '2027-01-01' }]
  for (const [format] of peers)
    for (const days of periods) {
      const text = await textOf(format, days, databaseUrl)
      expect(text.length).toBeGreaterThan(2_000)
      expect(text).toBe(await textOf(format, days))
    }
  await store.close()
})

const endingOf = async (options: Parameters<typeof writeBook>[1], where = folder, keys: NodeJS.ProcessEnv = env): Promise<unknown> =>
  writeBook(
    { folder: where, databaseUrl: null, env: keys, say: speak({ LANG: 'en' }), print: () => undefined },
    options,
    new PassThrough(),
  ).catch((error: unknown) => error)

test('what is asked wrongly, or cannot be read, is said', async () => {
  for (const options of [
    {},
    { format: 'gnucash' },
    { format: 'hledger', from: '2026-02-30' },
    { format: 'hledger', to: 'today' },
    { format: 'hledger', from: '2026-11-10', to: '2026-11-09' },
  ])
    expect(await endingOf(options)).toMatchObject({ exitCode: 64 })
  expect(await endingOf({ format: 'hledger' }, join(folder, 'nowhere'))).toMatchObject({ exitCode: 3 })
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  const other = { OKPAY_DATABASE_KEY: randomBytes(32).toString('hex') }
  expect(await endingOf({ format: 'hledger' }, folder, other)).toMatchObject({ code: 'database_key_wrong' })
})

test('reading changes nothing, and goes on beside the one who writes', async () => {
  const path = join(folder, 'service.db')
  const before = readFileSync(path)
  const store = openServiceStore({ path, key })
  const open = { id: 'late', at: firstDay + 30 * dayMs, type: 'open', account: shop('USD') } as const
  await store.write(tx => tx.ledger.post(open))
  expect(readFileSync(await written('hledger'), 'utf8')).toContain('account Liabilities:Merchants:X-shop-books:USD')
  await store.close()
  rmSync(join(folder, 'copy'), { recursive: true, force: true })
  mkdirSync(join(folder, 'copy'))
  writeFileSync(join(folder, 'copy', 'service.db'), before)
  await endingOf({ format: 'ledger' }, join(folder, 'copy'))
  expect(readFileSync(join(folder, 'copy', 'service.db')).equals(before)).toBe(true)
})
