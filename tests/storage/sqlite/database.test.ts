import { mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '#core/failure/faults.ts'
import { type OpenOptions, openDatabase } from '#storage/sqlite/database.ts'
import type { Migration } from '#storage/sqlite/migrate.ts'

const first: Migration = { version: 1, name: 'notes', sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT' }
const second: Migration = { version: 2, name: 'notes', sql: `ALTER TABLE note ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'` }
const key = new Uint8Array(32).fill(7)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'okpay-database-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (more: Partial<OpenOptions> = {}) =>
  openDatabase({ path: join(folder, 'book.db'), key, migrations: [first], application: 'wallet', ...more })
const faultOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof Fault ? error.code : `not a fault: ${String(error)}`
  }
  return 'nothing thrown'
}

test('every connection is WAL with synchronous FULL, foreign keys on and temporary data in memory', () => {
  for (const _ of ['made', 'reopened']) {
    const db = open()
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 })
    expect(db.prepare('PRAGMA temp_store').get()).toEqual({ temp_store: 2 })
    db.close()
  }
})

test('nothing of the content stands in plain text in any of its files, while open and when closed', () => {
  const db = open()
  db.prepare('INSERT INTO note (text) VALUES (?)').run('coffee at the harbour')
  const readAll = () =>
    ['', '-wal'].map(end => (statSync(`${db.path}${end}`, { throwIfNoEntry: false }) ? readFileSync(`${db.path}${end}`) : Buffer.alloc(0)))
  for (const bytes of readAll()) expect(bytes.includes('harbour') || bytes.includes('SQLite format')).toBe(false)
  db.close()
  expect(readFileSync(db.path).includes('harbour')).toBe(false)
})

test('another key, or none, is refused as the wrong key and changes nothing', () => {
  open().close()
  const before = readFileSync(join(folder, 'book.db'))
  expect(faultOf(() => open({ key: new Uint8Array(32).fill(8) }))).toBe('database_key_wrong')
  expect(faultOf(() => open({ key: null }))).toBe('database_damaged')
  expect(readFileSync(join(folder, 'book.db')).equals(before)).toBe(true)
})

test('migrations go forward once, also when they are added later', () => {
  const old = open()
  old.prepare('INSERT INTO note (text) VALUES (?)').run('kept')
  old.close()
  const db = open({ migrations: [first, second] })
  expect(db.prepare('SELECT text, mood FROM note').all()).toEqual([{ text: 'kept', mood: 'calm' }])
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 })
  db.close()
})

test('a migration that fails leaves the schema as it was', () => {
  open().close()
  expect(() => open({ migrations: [first, second, { version: 3, name: 'notes', sql: 'CREATE TABLE note (x)' }] })).toThrow(/already exists/)
  const db = open()
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
  db.close()
})

test('a database of a newer build is refused, untouched', () => {
  open({ migrations: [first, second] }).close()
  const before = readFileSync(join(folder, 'book.db'))
  expect(faultOf(() => open())).toBe('database_newer')
  expect(readFileSync(join(folder, 'book.db')).equals(before)).toBe(true)
})

test('a book of the service is not opened as a wallet', () => {
  open({ application: 'service' }).close()
  expect(faultOf(() => open())).toBe('database_damaged')
})

test('a page changed on disk is found out when it is read', () => {
  const db = open()
  const insert = db.prepare('INSERT INTO note (text) VALUES (?)')
  db.transaction(() => {
    for (let i = 0; i < 500; i++) insert.run('x'.repeat(200))
  })
  db.close()
  const file = openSync(db.path, 'r+')
  writeSync(file, Buffer.alloc(64, 1), 0, 64, 4096 * 12 + 100)
  const again = open()
  expect(faultOf(() => again.prepare('SELECT sum(length(text)) FROM note').get())).toBe('database_damaged')
  again.close()
})

test('a file that is cut short, missing or empty is damaged and never replaced by an empty one', () => {
  expect(faultOf(() => open({ mustExist: true }))).toBe('database_damaged')
  const path = join(folder, 'book.db')
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined()
  open().close()
  truncateSync(path, 4096 * 2 + 17)
  expect(faultOf(() => open())).toBe('database_damaged')
  writeFileSync(path, '')
  expect(faultOf(() => open({ mustExist: true }))).toBe('database_damaged')
  expect(statSync(path).size).toBe(0)
})

test('a folder that cannot be written is named as such', () => {
  expect(faultOf(() => open({ path: '/proc/book.db' }))).toBe('folder_read_only')
})
