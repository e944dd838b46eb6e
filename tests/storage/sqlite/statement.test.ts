import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formats } from '#core/exports/index.ts'
import { Fault } from '#core/failure/faults.ts'
import type { StatementJob, StatementStep, WalletStore } from '#core/wallet/store.ts'
import { feedMaker, tell, walletInFolder } from './walletSupport.ts'

const day = 86_400_000
const start = Date.UTC(2026, 9, 20, 12)
let wallet: Awaited<ReturnType<typeof walletInFolder>>
let store: WalletStore

beforeEach(async () => {
  wallet = await walletInFolder()
  store = wallet.store
})
afterEach(async () => {
  await store.close()
  wallet.remove()
})

const job = (more: Partial<StatementJob> = {}): StatementJob => ({
  id: 's1',
  format: 'csv',
  from: null,
  until: null,
  currencies: null,
  path: join(wallet.folder, 'statement.out'),
  holder: '李 Alice',
  madeAt: start + 30 * day,
  timeZone: 'Europe/Berlin',
  locale: 'en',
  ...more,
})
const write = (of: StatementJob, onStep: (step: StatementStep) => void = () => undefined) => store.writeStatement(of, onStep)

/** Ten days of movements in currencies from no decimals to eighteen, with Chinese and hostile names. */
async function fillWallet() {
  const feed = feedMaker()
  await tell(store, feed.move('EUR', 100_000n, start, { title: 'Bank transfer' }))
  await tell(store, feed.move('ETH', 3_000_000_000_000_000_001n, start + 1))
  await tell(store, feed.move('JPY', 90_000n, start + 2))
  await tell(store, feed.move('KWD', 12_405n, start + 3, { title: '工资; 十月 | (bonus)' }))
  const names = ['星巴克咖啡', '=HYPERLINK("x")', 'A:B  C; D', '- 5% "sale", today', '@shop', '(virtual)', '12 * ! =', '']
  for (const [n, title] of names.entries()) {
    await tell(store, feed.move('EUR', -1_000n - BigInt(n), start + (n + 1) * day, { title, feeMinor: n % 2 === 0 ? 10n : 0n }))
    await tell(store, feed.move('ETH', -1n, start + (n + 1) * day + 1, { title }))
    await tell(store, feed.move('JPY', -7n, start + (n + 1) * day + 2, { title, reference: `a) b ${n}` }))
  }
  await tell(store, [
    {
      type: 'movement',
      movement: {
        id: 'never',
        kind: 'payment',
        state: 'declined',
        at: start + day,
        title: 'Refused',
        reference: '',
        currency: 'EUR',
        minor: -5n,
        feeMinor: 0n,
        afterMinor: null,
        words: '',
      },
    },
  ])
  return feed
}

test('opening + movements = closing, for any period, and one period begins where the one before ended', async () => {
  const feed = await fillWallet()
  const whole = await store.proveStatement({ from: null, until: null, currencies: null })
  expect(whole.map(row => [row.currency, row.openingMinor, row.movements, row.closingMinor])).toEqual([
    ['EUR', 0n, 9, feed.balanceOf('EUR')],
    ['ETH', 0n, 9, feed.balanceOf('ETH')],
    ['JPY', 0n, 9, feed.balanceOf('JPY')],
    ['KWD', 0n, 1, 12_405n],
  ])
  let before: readonly { readonly closingMinor: bigint }[] = []
  for (let from = start - day; from < start + 12 * day; from += day) {
    const proof = await store.proveStatement({ from, until: from + day, currencies: ['EUR', 'ETH'] })
    for (const { openingMinor, sumMinor, closingMinor } of proof) expect(openingMinor + sumMinor).toBe(closingMinor)
    if (before.length > 0) expect(proof.map(row => row.openingMinor)).toEqual(before.map(row => row.closingMinor))
    before = proof
  }
  expect(before.map(row => row.closingMinor)).toEqual([feed.balanceOf('EUR'), feed.balanceOf('ETH')])
})

test('a CSV statement is read back with the same amounts, its ends and its proof', async () => {
  await fillWallet()
  const steps: StatementStep[] = []
  const proof = await write(job({ from: start + 2 * day, until: start + 5 * day }), step => steps.push(step))
  const text = readFileSync(job().path, 'utf8')
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
  const of = (currency: string) => rows.filter(row => row.Currency === currency)
  for (const row of proof ?? []) {
    const [first] = of(row.currency)
    const last = of(row.currency).at(-1)
    expect(first?.Kind).toBe('opening balance')
    expect(last?.Kind).toBe('closing balance')
    expect(last?.Title).toMatch(/^opening .+ \+ \d+ movements .+ = closing /)
    const lines = of(row.currency).slice(1, -1)
    expect(lines).toHaveLength(row.movements)
    const balances = lines.map(line => line['Balance after'])
    if (balances.length > 0) expect(balances.at(-1)).toBe(last?.['Balance after'])
  }
  expect(proof?.map(row => [row.currency, row.movements])).toEqual([
    ['EUR', 3],
    ['ETH', 3],
    ['JPY', 3],
    ['KWD', 0],
  ])
  expect(rows.find(row => row.Amount === '-10.03')?.Title).toBe(`'- 5% "sale", today`)
  expect(rows.find(row => row.Amount === '-0.000000000000000001')?.Fee).toBe('0.000000000000000000')
  expect(text).not.toContain('Refused')
  expect(steps.at(-1)).toEqual({ written: 9, of: 9 })
})

const hledger = spawnSync('hledger', ['--version']).status === 0

test.skipIf(!hledger)('hledger accepts the journal, strictly, and comes to the same balances (needs hledger)', async () => {
  const feed = await fillWallet()
  for (const locale of ['en', 'zh-CN'])
    for (const [from, until] of [
      [null, null],
      [start + 2 * day, start + 5 * day],
      [start + 20 * day, null],
    ] as const) {
      const path = join(wallet.folder, `${locale}-${from}.journal`)
      await write(job({ format: 'hledger', from, until, path, locale }))
      const check = spawnSync('hledger', ['-f', path, 'check', '--strict'], { encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } })
      expect(check.stderr).toBe('')
      expect(check.status).toBe(0)
    }
  const path = join(wallet.folder, 'en-null.journal')
  const balance = spawnSync('hledger', ['-f', path, 'balance', 'assets', '--flat', '-N', '-O', 'csv'], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8' },
  })
  expect(balance.stdout).toContain(`"assets:okpay:EUR","EUR ${Number(feed.balanceOf('EUR')) / 100}"`)
  expect(balance.stdout).toContain('"assets:okpay:ETH","ETH 2.999999999999999993"')
  expect(balance.stdout).toContain('"assets:okpay:KWD","KWD 12.405"')
})

test('a statement that is stopped leaves nothing, and other calls are answered while one is written', async () => {
  const feed = feedMaker()
  for (let page = 0; page < 4; page += 1)
    await tell(store, Array.from({ length: 3_000 }, (_, n) => feed.move('EUR', 100n, start + page * 3_000 + n)).flat())
  let answered = 0
  const stopped = write(job(), () => {
    void store.balances().then(() => {
      answered += 1
    })
    void store.stopStatement('s1')
  })
  expect(await stopped).toBeUndefined()
  expect(answered).toBeGreaterThan(0)
  expect(readdirSync(wallet.folder).filter(name => name.startsWith('statement'))).toEqual([])
  const late = write(job({ id: 's2' }), () => undefined)
  await tell(store, feed.move('EUR', 100n, start + 99_999))
  expect((await late)?.[0]?.movements).toBe(12_000)
})

test('what cannot be written is said, and nothing half is left; a file that was there stays', async () => {
  await fillWallet()
  const faultOf = (of: StatementJob) => write(of).catch((error: unknown) => (error instanceof Fault ? error.code : error))
  expect(await faultOf(job({ path: '/proc/statement.csv' }))).toBe('folder_read_only')
  if (existsSync('/dev/full')) expect(await faultOf(job({ path: '/dev/full/x' }))).toBe('folder_read_only')
  await write(job())
  const before = readFileSync(job().path)
  await expect(write(job({ format: 'floppy' }))).rejects.toThrow(/no such format/)
  expect(readFileSync(job().path).equals(before)).toBe(true)
})

test('an empty wallet has an empty statement in every format', async () => {
  for (const format of Object.keys(formats)) expect(await write(job({ format, path: join(wallet.folder, format) }))).toEqual([])
})

/** A file system of 64 KB, where this machine lets us make one. */
function smallDisk(folder: string): string | undefined {
  const at = join(folder, 'small')
  mkdirSync(at)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]).status === 0 ? at : undefined
}

test('a full disk is said, in a statement and in a backup, and leaves nothing half (needs to mount)', async context => {
  const disk = smallDisk(wallet.folder)
  if (!disk) return context.skip('cannot mount a small disk here')
  try {
    const feed = feedMaker()
    await tell(store, Array.from({ length: 1_000 }, (_, n) => feed.move('EUR', 100n, start + n)).flat())
    const faultOf = (work: Promise<unknown>) => work.catch((error: unknown) => (error instanceof Fault ? error.code : error))
    expect(await faultOf(write(job({ path: join(disk, 'statement.csv') })))).toBe('disk_full')
    expect(await faultOf(store.backUp(join(disk, 'copy.db')))).toBe('disk_full')
    expect(readdirSync(disk)).toEqual([])
    expect(await store.balances()).toHaveLength(1)
  } finally {
    spawnSync('umount', [disk])
  }
})

test('where the history tells a payment otherwise than the book, the statement is the book', async () => {
  const feed = feedMaker()
  await tell(store, feed.move('EUR', 1_000n, start))
  await tell(store, feed.move('EUR', -300n, start + day, { id: 'pay', title: 'Shop' }))
  const [posting, balance] = feed.move('EUR', 300n, start + 2 * day, { id: 'pay', kind: 'reversal' })
  if (!posting || !balance) throw new Error('no posting')
  await tell(store, [posting, balance])
  const proof = await write(job())
  expect(proof).toMatchObject([{ movements: 3, closingMinor: 1_000n }])
  const rows: string[][] = parse(readFileSync(job().path), { bom: true, from_line: 2 })
  expect(rows.map(row => [row[2], row[4], row[6], row[9]])).toEqual([
    ['opening balance', '李 Alice', '', '0.00'],
    ['top-up', 'Corner shop', '10.00', '10.00'],
    ['payment', 'Shop', '-3.00', '7.00'],
    ['reversal', 'Shop', '3.00', '10.00'],
    ['closing balance', 'opening 0.00 + 3 movements 10.00 = closing 10.00', '', '10.00'],
  ])
})
