import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import { openServiceStore } from '#storage/sqlite/service/index.ts'
import { dataFolder, startEntry, startService } from '../support/processes.ts'

const rail: AccountId = 'rail:sandbox_bank:EUR'
const shop: AccountId = 'merchant:shop-books:EUR'
const keyOf = (folder: string): Buffer => Buffer.from(readFileSync(join(folder, 'database.key'), 'utf8').trim(), 'hex')

async function operate(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const running = await startEntry('service.js', { args: [...args, '--data', folder], env })
  return { code: await running.ended(), said: running.said() }
}

/** Posts one euro after another into the book, beside whoever else has it open; answers how many were written once `isOver` says so. */
async function writesUntil(folder: string, isOver: () => boolean): Promise<number> {
  const store = openServiceStore({ path: join(folder, 'service.db'), key: keyOf(folder) })
  let posted = 0
  const round = randomBytes(6).toString('hex')
  for (const account of [rail, shop])
    await store.write(tx => tx.ledger.post({ id: `open-${round}-${account}`, at: Date.now(), type: 'open', account }))
  while (!isOver()) {
    const legs = [
      { account: rail, minor: -100n },
      { account: shop, minor: 100n },
    ]
    const at = Date.now()
    const id = `euro-${round}-${++posted}`
    const answer = await store.write(tx => tx.ledger.post({ id, at, type: 'post', kind: 'top_up', subject: id, effectiveAt: at, legs }))
    expect(answer.ok).toBe(true)
  }
  await store.close()
  return posted
}

async function postedTo(folder: string, account: AccountId): Promise<bigint> {
  const store = openServiceStore({ path: join(folder, 'service.db'), key: keyOf(folder) })
  const found = await store.read(tx => tx.ledger.account(account))
  await store.close()
  return found?.posted ?? 0n
}

const countIn = (said: string): number => Number(/([\d,]+) postings?/.exec(said)?.[1]?.replaceAll(',', ''))

test('a copy that is made while the service runs and is written opens, adds up, and is never plain text', async () => {
  const folder = dataFolder('service-backup')
  const service = await startService(folder)
  let isOver = false
  const writing = writesUntil(folder, () => isOver)
  const copies = [join(folder, 'one.copy'), join(folder, 'two.copy')]
  const seen: number[] = []
  for (const copy of copies) {
    const made = await operate(folder, ['backup', copy])
    expect([made.code, made.said]).toEqual([0, expect.stringContaining(copy)])
    seen.push(countIn(made.said))
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(copy)
    expect(bytes.subarray(0, 15).toString()).not.toBe('SQLite format 3')
    expect(bytes.includes('shop-books')).toBe(false)
  }
  isOver = true
  const all = await writing
  expect(seen[0]).toBeGreaterThan(0)
  expect(seen[1]).toBeGreaterThan(seen[0] ?? 0)
  expect(seen[1]).toBeLessThanOrEqual(all)
  expect(await service.stop()).toBe(0)

  const elsewhere = dataFolder('service-restored')
  copyFileSync(join(folder, 'database.key'), join(elsewhere, 'database.key'))
  const restored = await operate(elsewhere, ['restore', copies[0] ?? ''])
  expect([restored.code, countIn(restored.said)]).toEqual([0, seen[0]])
  expect(await postedTo(elsewhere, shop)).toBe(BigInt(seen[0] ?? 0) * 100n)
  expect(await postedTo(elsewhere, rail)).toBe(BigInt(seen[0] ?? 0) * -100n)
  const again = await startService(elsewhere)
  expect(await (await fetch(`${again.url}/readyz`)).json()).toMatchObject({ ready: true })
})

test('restoring is refused while a service runs; afterwards the copy has the place and what was there stays', async () => {
  const folder = dataFolder('service-backup')
  const copy = join(folder, 'book.copy')
  const service = await startService(folder)
  let isOver = false
  const writing = writesUntil(folder, () => isOver)
  const made = await operate(folder, ['backup', copy])
  isOver = true
  await writing
  expect(await operate(folder, ['restore', copy])).toMatchObject({ code: 3, said: expect.stringContaining(service.url) })
  await service.kill()
  const later = await writesUntil(folder, () => true)
  expect(later).toBe(0)
  const had = await postedTo(folder, shop)
  const restored = await operate(folder, ['restore', copy])
  expect([restored.code, countIn(restored.said)]).toEqual([0, countIn(made.said)])
  expect(await postedTo(folder, shop)).toBe(BigInt(countIn(made.said)) * 100n)
  const aside = readdirSync(folder).find(name => /^service\.db\.before-[\dTZ-]+$/.test(name)) ?? ''
  copyFileSync(join(folder, aside), join(folder, 'service.db'))
  expect(await postedTo(folder, shop)).toBe(had)
  expect(readdirSync(folder).filter(name => /part|restoring/.test(name))).toEqual([])
})

test('a copy that is damaged, of another key or no book is refused, and the book stays byte for byte', async () => {
  const folder = dataFolder('service-backup')
  const service = await startService(folder)
  await service.stop()
  const book = join(folder, 'service.db')
  const before = readFileSync(book)
  const bad = join(folder, 'bad.copy')
  const copies: readonly (readonly [what: string, bytes: Buffer])[] = [
    ['damaged in the middle', Buffer.from(before).fill(7, 4096 * 3 + 500, 4096 * 3 + 600)],
    ['damaged at its beginning', Buffer.from(before).fill(7, 500, 600)],
    ['cut short', before.subarray(0, 4096 * 2 + 100)],
    ['cut at a page', before.subarray(0, 4096 * 4)],
    ['empty', Buffer.alloc(0)],
    ['no book', Buffer.from('a letter '.repeat(1_000))],
  ]
  for (const [what, bytes] of copies) {
    writeFileSync(bad, bytes)
    const { code, said } = await operate(folder, ['restore', bad])
    expect([what, code, said.length > 10]).toEqual([what, 3, true])
    expect(said).not.toMatch(/^\s+at /m)
    expect(readFileSync(book).equals(before)).toBe(true)
  }
  writeFileSync(bad, before)
  const other = { OKPAY_DATABASE_KEY: randomBytes(32).toString('hex') }
  expect(await operate(folder, ['restore', bad], other)).toMatchObject({ code: 3 })
  expect(await operate(folder, ['backup', join(folder, 'other.copy')], other)).toMatchObject({ code: 3 })
  expect(await operate(folder, ['backup', bad])).toMatchObject({ code: 64 })
  expect(await operate(folder, ['restore', join(folder, 'nowhere')])).toMatchObject({ code: 64 })
  expect(readdirSync(folder).filter(name => /part|restoring|before|other/.test(name))).toEqual([])
  expect(readFileSync(book).equals(before)).toBe(true)
  rmSync(join(folder, 'database.key'))
  expect(await operate(folder, ['restore', bad])).toMatchObject({ code: 3, said: expect.stringContaining('database.key') })
  expect(existsSync(join(folder, 'database.key'))).toBe(false)
})
