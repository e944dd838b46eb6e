import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { methodNames } from '#contracts/bridge/index.ts'
import { systemEnv } from '../support/app.ts'
import { toolOrSkip } from '../support/needs.ts'
import { run } from '../support/process.ts'
import {
  appPassword,
  builtEntry,
  dataFolder,
  embeddedServicesOf,
  euroCents,
  eventually,
  hasEuro,
  operatorOf,
  orderOfNoteBooks,
  processesWith,
  registers,
  startService,
  startWallet,
  whenServiceIs,
} from '../support/processes.ts'

type Said = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** One command line of `okpay`, with nobody at its keyboard. */
function okpay(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const surroundings = systemEnv('en', { OKPAY_KEYCHAIN: 'off', OKPAY_FETCH_RATES: '0', ...env })
  return new Promise(done => {
    const child = execFile(
      process.execPath,
      [builtEntry('cli.js'), ...args],
      { env: surroundings, timeout: 60_000 },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr })
      },
    )
    child.stdin?.end()
  })
}

let master: string | undefined
afterAll(() => {
  if (master) rmSync(master, { recursive: true, force: true })
})

/** A folder of a person with EUR 100.00 on which nothing runs, and the file with their app password. */
async function folderOfAPerson(): Promise<{ readonly folder: string; readonly closed: readonly string[] }> {
  if (!master) {
    const made = mkdtempSync(join(tmpdir(), 'okpay-terminal-'))
    const wallet = await startWallet(made)
    await registers(wallet)
    await hasEuro(wallet, '100.00')
    await eventually(async () => expect((await euroCents(wallet)).posted).toBe(10_000))
    expect(await wallet.stop()).toBe(0)
    master = made
  }
  const folder = dataFolder('terminal')
  cpSync(master, folder, { recursive: true })
  const passwordFile = join(folder, 'password.txt')
  writeFileSync(passwordFile, `${appPassword}\n`, { mode: 0o600 })
  return { folder, closed: ['--data-dir', folder, '--password-file', passwordFile] }
}

async function runningWallet(folder: string) {
  const wallet = await startWallet(folder)
  await wallet.get('app.unlock', { password: appPassword })
  await whenServiceIs(wallet, 'online')
  return wallet
}

const nothingRunsOn = (folder: string) => eventually(() => expect(processesWith(folder)).toEqual([]))

describe('every command, beside the running wallet and without it', () => {
  test.each(['beside it', 'without it'])('%s', { timeout: 180_000 }, async how => {
    const { folder, closed } = await folderOfAPerson()
    const wallet = how === 'beside it' ? await runningWallet(folder) : undefined
    const where = wallet ? ['--data-dir', folder] : closed
    const ask = (...args: readonly string[]) => okpay([...args, ...where])

    const balance = await ask('balance')
    expect(balance).toMatchObject({ code: 0, stdout: expect.stringMatching(/EUR +Euro +100\.00 +0\.00 +100\.00/) })
    if (!wallet) await nothingRunsOn(folder)
    expect(JSON.parse((await ask('balance', '--json')).stdout).balances).toContainEqual(
      expect.objectContaining({ currency: 'EUR', available: { currency: 'EUR', value: '100.00' } }),
    )

    const topUp = JSON.parse((await ask('top-up', 'eur', '12.5', '--json')).stdout)
    expect(topUp).toMatchObject({ state: 'instructed', amount: { currency: 'EUR', value: '12.50' } })
    expect((await ask('top-up', 'EUR', '1')).stdout).toMatch(/^Reference +RF\d\d/m)

    const history = await ask('history', '--json', '--state', 'done')
    expect(
      history.stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).kind),
    ).toEqual(['top_up'])

    const [reference = ''] = /RF\d\d\w+/.exec((await ask('history', '--state', 'done')).stdout) ?? []
    expect(await ask('note', reference.toLowerCase(), 'from my bank')).toMatchObject({ code: 0 })
    expect((await ask('note', reference)).stdout).toMatch(/Note +from my bank/)

    const called = await ask('call', 'topUps.get', JSON.stringify({ id: topUp.id }))
    expect([called.code, JSON.parse(called.stdout).reference]).toEqual([0, topUp.reference])

    const copy = join(folder, 'copy of the wallet.db')
    const made = await ask('backup', copy, '--json')
    expect([made.code, JSON.parse(made.stdout)]).toEqual([0, { path: copy, bytes: statSync(copy).size }])
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    expect(readFileSync(copy).includes('SQLite format 3')).toBe(false)
    expect(await ask('backup', copy)).toMatchObject({ code: 64, stderr: expect.stringContaining('Nothing was overwritten') })

    const refused = await ask('pay', 'ZZZZ-ZZZZ', '--yes')
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Who can fix it')])
    const json = await ask('pay', 'ZZZZ-ZZZZ', '--yes', '--json')
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([2, { ok: false, kind: 'decline', code: 'order_unknown' }])

    const other = await ask('call', 'topUps.get', '{"id":"nothing"}')
    expect([other.code, other.stdout]).toEqual([2, ''])
    expect((await ask('call', 'no.such')).code).toBe(64)
    expect((await ask('pay')).code).toBe(64)
    if (wallet) {
      expect(await wallet.stop()).toBe(0)
    }
    await nothingRunsOn(folder)
    // The copy is a wallet: in the place of the book it opens and says the same.
    for (const ending of ['-wal', '-shm']) rmSync(join(folder, `wallet.db${ending}`), { force: true })
    cpSync(copy, join(folder, 'wallet.db'))
    expect((await okpay(['balance', ...closed])).stdout).toMatch(/EUR +Euro +100\.00 +0\.00 +100\.00/)
  })

  test('pays an order beside the running wallet, once, and not without a yes', async () => {
    const { folder } = await folderOfAPerson()
    const wallet = await runningWallet(folder)
    const code = await orderOfNoteBooks(operatorOf(join(folder, 'service')).url)
    const where = ['--data-dir', folder]
    const unasked = await okpay(['pay', code, ...where])
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('Nothing was taken')])
    const paid = await okpay(['pay', code, '--yes', '--json', ...where])
    expect([paid.code, JSON.parse(paid.stdout.trim())]).toMatchObject([0, { state: 'captured', total: { value: '18.50' } }])
    const again = await okpay(['pay', code, '--yes', '--json', ...where])
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([2, { code: 'order_already_paid' }])
    await eventually(async () => expect(await euroCents(wallet)).toEqual({ posted: 8_150, held: 0 }))
  })

  test('pays an order without it, at a service that runs by itself', async () => {
    const service = await startService(dataFolder('terminal-service'))
    const folder = dataFolder('terminal')
    const env = { OKPAY_SERVICE_URL: service.url }
    const wallet = await startWallet(folder, env)
    await registers(wallet)
    await hasEuro(wallet, '20.00')
    await wallet.stop()
    const passwordFile = join(folder, 'password.txt')
    writeFileSync(passwordFile, appPassword)
    const where = ['--data-dir', folder, '--password-file', passwordFile]
    const paid = await okpay(['pay', await orderOfNoteBooks(service.url), '--yes', ...where], env)
    expect([paid.code, paid.stdout]).toEqual([0, expect.stringMatching(/Paid EUR\s18\.50 to Lumen Books\. Balance after: EUR\s1\.50/)])
    expect((await okpay(['balance', ...where], env)).stdout).toMatch(/EUR +Euro +1\.50 +0\.00 +1\.50/)

    await service.stop()
    const known = await okpay(['balance', ...where], env)
    expect(known).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/EUR +Euro +1\.50/),
      stderr: expect.stringContaining('cannot be reached'),
    })
    const offline = await okpay(['pay', 'ABCD-EFGH', '--yes', '--json', ...where], env)
    expect([offline.code, JSON.parse(offline.stdout)]).toMatchObject([3, { kind: 'fault', code: 'service_offline' }])
    await nothingRunsOn(folder)
  })
})

describe('a command that cannot have the wallet', () => {
  test('is declined where the running wallet is locked', async () => {
    const { folder } = await folderOfAPerson()
    await startWallet(folder)
    const said = await okpay(['balance', '--json', '--data-dir', folder])
    expect([said.code, JSON.parse(said.stdout)]).toEqual([2, { ok: false, kind: 'decline', code: 'wallet_locked', detail: {} }])
  })

  test('is declined with a wrong password, and with none to type says that one is needed', async () => {
    const { folder } = await folderOfAPerson()
    const wrong = join(folder, 'wrong.txt')
    writeFileSync(wrong, 'not this one')
    const said = await okpay(['balance', '--json', '--data-dir', folder, '--password-file', wrong])
    expect([said.code, JSON.parse(said.stdout)]).toMatchObject([2, { code: 'app_password_wrong', detail: { triesLeft: '4' } }])
    const none = await okpay(['balance', '--data-dir', folder])
    expect([none.code, none.stderr]).toEqual([64, expect.stringContaining('--password-file')])
    expect((await okpay(['balance', '--data-dir', folder, '--password-file', join(folder, 'none.txt')])).code).toBe(64)
    const second = await okpay(['balance', '--json', '--data-dir', folder, '--password-file', wrong])
    expect(JSON.parse(second.stdout).detail).toEqual({ triesLeft: '3' })
    await nothingRunsOn(folder)
  })

  test('says that there is none where none was made, and how a service address goes', async () => {
    const folder = dataFolder('terminal')
    const none = await okpay(['balance', '--data-dir', folder])
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('no wallet')])
    const address = await okpay(['balance', '--data-dir', folder], { OKPAY_SERVICE_URL: 'ftp://nowhere' })
    expect([address.code, address.stderr]).toEqual([64, expect.stringContaining('ftp://nowhere')])
    await nothingRunsOn(folder)
  })

  test('waits for its turn where another one has the folder', async () => {
    const { folder, closed } = await folderOfAPerson()
    const both = await Promise.all([okpay(['balance', ...closed]), okpay(['history', ...closed])])
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    await nothingRunsOn(folder)
  })
})

test('a wallet that is started meanwhile waits until the command is done', async () => {
  const { folder, closed } = await folderOfAPerson()
  const command = okpay(['balance', ...closed])
  await eventually(() => expect(embeddedServicesOf(folder)).toHaveLength(1))
  const wallet = await startWallet(folder)
  expect((await command).code).toBe(0)
  expect(await wallet.stop()).toBe(0)
})

describe('an export', () => {
  test('in both formats is written without a window; hledger accepts the journal', async context => {
    const { folder, closed } = await folderOfAPerson()
    const [journal, csv] = [join(folder, 'all.journal'), join(folder, 'all.csv')]
    const first = await okpay(['export', '--format', 'hledger', '--out', journal, ...closed])
    expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/EUR +0\.00 +1 +\+100\.00 +100\.00/)])
    const second = await okpay(['export', '--format', 'csv', '-o', csv, '--currency', 'eur', '--json', ...closed])
    expect([second.code, JSON.parse(second.stdout)]).toMatchObject([0, { state: 'done', path: csv, written: 1 }])
    expect(readFileSync(csv, 'utf8')).toContain('100.00')
    await nothingRunsOn(folder)
    const checked = await run(toolOrSkip(context, 'hledger'), ['-f', journal, 'check', '--strict'])
    expect(checked).toMatchObject({ code: 0 })
  })

  test('to a place where nothing can be written is a fault in words', async () => {
    const { closed } = await folderOfAPerson()
    const said = await okpay(['export', '--format', 'csv', '--out', '/proc/nowhere/all.csv', ...closed])
    expect(said.code).toBe(3)
    expect(said.stderr).not.toMatch(/^\s+at /m)
    expect(said.stderr.trim()).not.toBe('')
  })
})

test('speaks Chinese where the system does', async () => {
  const { closed } = await folderOfAPerson()
  const env = { LANG: 'zh_CN.UTF-8', LC_ALL: '' }
  const balance = await okpay(['balance', ...closed], env)
  expect([balance.code, balance.stdout]).toEqual([0, expect.stringMatching(/欧元 +100\.00/)])
  const refused = await okpay(['pay', 'ZZZZ-ZZZZ', '--yes', '--locale=zh-CN', ...closed])
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('谁能解决')])
})

test('help and methods need no wallet', async () => {
  const help = await okpay(['help'])
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('okpay top-up CURRENCY AMOUNT')])
  const methods = await okpay(['methods', '--json'])
  expect(JSON.parse(methods.stdout).map(({ name }: { name: string }) => name)).toEqual(methodNames)
})

test('opens by the keychain alone in a session that has one', async context => {
  toolOrSkip(context, 'gnome-keyring')
  const dbus = toolOrSkip(context, 'dbus')
  const home = dataFolder('terminal-home')
  const folder = join(home, 'wallet')
  const env = {
    HOME: home,
    XDG_DATA_HOME: join(home, 'share'),
    OKPAY_KEYCHAIN: '',
    NODE: process.execPath,
    CLI: builtEntry('cli.js'),
    DIR: folder,
  }
  const script = `
printf keyring-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
ask() { "$NODE" "$CLI" call "$@" --json --data-dir "$DIR" </dev/null; echo "ended $?"; }
ask app.create '{"password":null,"service":{"mode":"sandbox"}}'
ask account.mailbox
`
  const said = await new Promise<string>((done, fail) => {
    execFile(dbus, ['--', 'sh', '-c', script], { env: systemEnv('en', env), timeout: 90_000 }, (error, stdout, stderr) =>
      error ? fail(new Error(stderr)) : done(stdout),
    )
  })
  const [made = '', ended, mailbox, last] = said.trim().split('\n')
  expect(JSON.parse(made)).toMatchObject({ phase: 'unlocked', hasPassword: false, keychain: { kind: 'secret_service' } })
  expect([ended, mailbox, last]).toEqual(['ended 0', '{"mails":[]}', 'ended 0'])
  expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toContain('"kind": "keychain"')
  await nothingRunsOn(folder)
})
