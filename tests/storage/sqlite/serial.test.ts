import { expect, test } from 'vitest'
import { openDatabase } from '#storage/sqlite/database.ts'
import { createSerialWriter } from '#storage/sqlite/serial.ts'

const open = () => {
  const db = openDatabase({
    path: ':memory:',
    key: null,
    application: 'wallet',
    migrations: [{ version: 1, name: 'notes', sql: 'CREATE TABLE note (text TEXT NOT NULL UNIQUE) STRICT' }],
  })
  const add = (text: string) => db.prepare('INSERT INTO note VALUES (?)').run(text)
  const texts = () =>
    db
      .prepare<{ text: string }>('SELECT text FROM note ORDER BY rowid')
      .all()
      .map(row => row.text)
  return { serial: createSerialWriter(db), add, texts, db }
}
const tick = () => new Promise(resolve => setImmediate(resolve))

test('works run one at a time, in the order in which they came, also across awaits', async () => {
  const { serial, add, texts } = open()
  await Promise.all(
    ['a', 'b', 'c'].map(name =>
      serial.write(async () => {
        add(`${name}1`)
        await tick()
        add(`${name}2`)
      }),
    ),
  )
  expect(texts()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'])
})

test('a work that throws is undone alone, even in a shared commit', async () => {
  const { serial, add, texts } = open()
  const settled = await Promise.allSettled([
    serial.write(() => add('kept 1')),
    serial.write(async () => {
      add('undone')
      await tick()
      throw new Error('no')
    }),
    serial.write(() => add('kept 2')),
  ])
  expect(settled.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(texts()).toEqual(['kept 1', 'kept 2'])
})

test('a write resolves after its commit, and never inside an open transaction', async () => {
  const { serial, add, db } = open()
  await serial.write(() => add('first'))
  expect(db.inTransaction()).toBe(false)
  const seen: boolean[] = []
  await Promise.all(['x', 'y', 'z'].map(text => serial.write(() => add(text)).then(() => seen.push(db.inTransaction()))))
  expect(seen).toEqual([false, false, false])
})

test('a read sees what was written before it was asked, and nothing half done', async () => {
  const { serial, add, texts } = open()
  const written = serial.write(async () => {
    add('one')
    await tick()
    add('two')
  })
  expect(await serial.read(texts)).toEqual(['one', 'two'])
  await written
})

test('the writer goes on after a failure and tells when it is idle', async () => {
  const { serial, add, texts } = open()
  await expect(serial.write(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  void serial.write(() => add('after'))
  await serial.idle()
  expect(texts()).toEqual(['after'])
})
