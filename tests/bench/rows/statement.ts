import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'
import type { BenchWallet } from '../wallet.ts'

const load = createRequire(import.meta.url)
const statementProcess = join(import.meta.dirname, '..', 'statementProcess.ts')

function writeOurs({ path, key }: BenchWallet, csv: string): { tookMs: number; peakMb: number } {
  const run = spawnSync(process.execPath, [statementProcess, path, Buffer.from(key).toString('hex'), csv], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  const { tookMs, peakMb } = JSON.parse(run.stdout)
  return { tookMs: Number(tookMs), peakMb: Number(peakMb) }
}

/** The finished lines in one plain table: all that sqlite3 has left to do is to print them. */
function makePlainCopy(csv: string, path: string): void {
  const Sqlite: typeof BetterSqlite3 = load('better-sqlite3')
  const db = new Sqlite(path)
  const rows: string[][] = parse(readFileSync(csv), { bom: true, from_line: 2 })
  db.exec('CREATE TABLE line (date, time, kind, state, title, reference, amount, currency, fee, balance_after, id, instant)')
  const insert = db.prepare('INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  db.transaction(() => {
    for (const row of rows) insert.run(...row)
  })()
  db.close()
}

function peerMs(database: string, csv: string): number {
  const out = openSync(csv, 'w')
  const start = performance.now()
  const run = spawnSync('sqlite3', ['-csv', '-header', database, 'SELECT * FROM line'], { stdio: ['ignore', out, 'inherit'] })
  const took = performance.now() - start
  closeSync(out)
  if (run.status !== 0 || statSync(csv).size === 0) throw new Error('sqlite3 wrote nothing')
  return took
}

const csv: BenchRow = {
  name: 'csv 1M',
  seconds: 60,
  needsWallet: true,
  measure: async ({ folder, wallet }) => {
    const large = await wallet()
    const ours = join(folder, 'ours.csv')
    const goal = '<= 2 x sqlite3 -csv on a plain copy, <= 250 MB'
    const first = writeOurs(large, ours)
    if (spawnSync('sqlite3', ['--version']).status !== 0)
      return {
        value: first.tookMs,
        unit: 'ms',
        reference: null,
        ratio: null,
        goal,
        ok: null,
        note: 'sqlite3 is not installed (apt-get install sqlite3)',
      }
    const plain = join(folder, 'plain.db')
    makePlainCopy(ours, plain)
    const rounds = [0, 1, 2].map(() => ({ ours: writeOurs(large, ours), peer: peerMs(plain, join(folder, 'peer.csv')) }))
    const value = median(rounds.map(round => round.ours.tookMs))
    const reference = median(rounds.map(round => round.peer))
    const peakMb = Math.max(...rounds.map(round => round.ours.peakMb))
    const ratio = value / reference
    return {
      value,
      unit: 'ms',
      reference,
      ratio,
      goal,
      ok: ratio <= 2 && peakMb <= 250,
      note: `peak memory ${peakMb.toFixed(0)} MB, with the proof`,
    }
  },
}

export const rows: readonly BenchRow[] = [csv]
