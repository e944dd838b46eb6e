import { copyFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'
import type { BenchWallet } from '../wallet.ts'

const load = createRequire(import.meta.url)
const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
const pairs = 3

/** The same database without its key. */
function makePlain({ path, key }: BenchWallet, plain: string): void {
  copyFileSync(path, plain)
  const db = new Sqlite(plain)
  db.pragma(`cipher = 'aegis'`)
  db.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`))
  db.pragma('journal_mode = DELETE')
  db.rekey(Buffer.alloc(0))
  db.close()
}

/** A copy of the file without a key by bare SQLite, and the same check of it that our copy has before it takes its name. */
function bareMs(plain: string, copy: string): { copiedMs: number; checkedMs: number } {
  const db = new Sqlite(plain)
  const start = performance.now()
  db.prepare('VACUUM INTO ?').run(copy)
  const copied = performance.now()
  db.close()
  const other = new Sqlite(copy)
  other.prepare('PRAGMA integrity_check(1)').all()
  const checked = performance.now()
  other.close()
  rmSync(copy)
  return { copiedMs: copied - start, checkedMs: checked - copied }
}

/** A copy while its wallet answers one page after the other. @returns how long it took, and the longest that a page waited. */
async function backUpMs({ path, key }: BenchWallet, copy: string): Promise<{ tookMs: number; waitedMs: number }> {
  const store = await openWalletStore({ path, key, mustExist: true })
  let isMade = false
  let waitedMs = 0
  const start = performance.now()
  const copying = store.backUp(copy).then(() => {
    isMade = true
  })
  while (!isMade) {
    const asked = performance.now()
    await store.movements({}, null, 50)
    waitedMs = Math.max(waitedMs, performance.now() - asked)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  await copying
  const tookMs = performance.now() - start
  await store.close()
  rmSync(copy)
  return { tookMs, waitedMs }
}

const row: BenchRow = {
  name: 'backup of a used wallet 1M',
  seconds: 60,
  needsWallet: true,
  measure: async ({ folder, wallet }) => {
    const large = await wallet()
    const plain = join(folder, 'plain-backup.db')
    makePlain(large, plain)
    const turns: { ours: number; bare: number; copiedMs: number; waitedMs: number }[] = []
    for (let n = 0; n < pairs; n += 1) {
      const { tookMs, waitedMs } = await backUpMs(large, join(folder, 'copy.db'))
      const { copiedMs, checkedMs } = bareMs(plain, join(folder, 'plain-copy.db'))
      turns.push({ ours: tookMs, bare: copiedMs + checkedMs, copiedMs, waitedMs })
    }
    rmSync(plain)
    const value = median(turns.map(({ ours }) => ours))
    const reference = median(turns.map(({ bare }) => bare))
    const ratio = median(turns.map(({ ours, bare }) => ours / bare))
    const toCopy = median(turns.map(({ ours, copiedMs }) => ours / copiedMs))
    const waited = Math.max(...turns.map(turn => turn.waitedMs))
    const note = `encrypted copy and integrity_check beside plain VACUUM INTO and the same check (${toCopy.toFixed(1)} x that copy unchecked); meanwhile a page of history waited ${waited.toFixed(0)} ms at most`
    return { value, unit: 'ms', reference, ratio, goal: '<= 1.3 x plain VACUUM INTO and check', ok: ratio <= 1.3, note }
  },
}

export const rows: readonly BenchRow[] = [row]
