import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isBookFault } from '#core/failure/faults.ts'
import { formatMessage } from '#locales/format.ts'
import { appPassword, dataFolder, hasEuro, operatorOf, registers, startEntry, startWallet, whenServiceIs } from '../support/processes.ts'

const pageBytes = 4096

/** Turns over the bits of one byte in the middle of each page from `first` on. */
function damage(path: string, first: number): void {
  const bytes = readFileSync(path)
  for (let at = first * pageBytes + 1_000; at < bytes.length; at += pageBytes) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  writeFileSync(path, bytes)
}

/** What a service that was ended by force had not yet written into the file would hide the damage there. */
function keepLog(book: string, as: string): void {
  if (existsSync(`${book}-wal`)) renameSync(`${book}-wal`, as)
}

test.each([
  ['from its first page on', 0, 'database_key_wrong'],
  ['from its second page on', 1, 'database_damaged'],
])('an embedded service whose book is damaged %s is told as that, and goes on when the book is put back', async (_where, page, code) => {
  const folder = dataFolder('embedded-book')
  const first = await startWallet(folder)
  await registers(first)
  await hasEuro(first, '50.00')
  expect(await first.stop()).toBe(0)
  const book = join(folder, 'service', 'service.db')
  const sound = join(folder, 'sound.db')
  keepLog(book, `${sound}-wal`)
  copyFileSync(book, sound)
  damage(book, page)
  const damaged = readFileSync(book)

  const wallet = await startWallet(folder)
  await wallet.ask('app.unlock', { password: appPassword })
  await whenServiceIs(wallet, code)
  const state = await wallet.get('app.state', {})
  expect(state).toMatchObject({ phase: 'unlocked', unreadable: null, signedIn: true })
  expect(isBookFault(state.service.status) && formatMessage('en', `app.refused_${state.service.status}`)).toMatch(/book of the service/)
  expect(readFileSync(book).equals(damaged)).toBe(true)
  const { balances } = await wallet.get('balances.overview', {})
  expect(balances.map(({ posted }) => posted)).toEqual([{ currency: 'EUR', value: '50.00' }])
  await wallet.get('app.retryService', {})
  await whenServiceIs(wallet, code)

  copyFileSync(sound, book)
  keepLog(sound, `${book}-wal`)
  await wallet.get('app.retryService', {})
  await whenServiceIs(wallet, 'online')
  await hasEuro(wallet, '7.00')
  expect(await wallet.stop()).toBe(0)
})

test('the terminal says so too', async () => {
  const folder = dataFolder('embedded-book')
  const wallet = await startWallet(folder)
  await registers(wallet)
  expect(await wallet.stop()).toBe(0)
  const book = join(folder, 'service', 'service.db')
  keepLog(book, join(folder, 'log'))
  damage(book, 1)
  const password = join(folder, 'password')
  writeFileSync(password, appPassword)
  const asked = await startEntry('cli.js', { args: ['balance', '--data-dir', folder, '--password-file', password] })
  await asked.ended()
  expect(asked.said()).toContain(formatMessage('en', 'app.refused_database_damaged'))
})

test('an embedded service that somebody is still calling ends as it should: its book is closed, not cut off', async () => {
  const folder = dataFolder('embedded-book')
  const wallet = await startWallet(folder)
  await registers(wallet)
  const caller = connect(Number(new URL(operatorOf(join(folder, 'service')).url).port), '127.0.0.1')
  caller.on('error', () => undefined)
  await once(caller, 'connect')
  caller.write('GET /v1/feed HTTP/1.1\r\nhost: 127.0.0.1\r\n')
  expect(existsSync(join(folder, 'service', 'service.db-wal'))).toBe(true)
  expect(await wallet.stop()).toBe(0)
  caller.destroy()
  expect(existsSync(join(folder, 'service', 'service.db-wal'))).toBe(false)
})
