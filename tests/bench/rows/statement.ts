import { spawnSync } from 'node:child_process'
import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#storage/sqlite/database.ts'
import { walletMigrations } from '#storage/sqlite/migrations/wallet/index.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'
import type { BenchWallet } from '../wallet.ts'

const statementProcess = join(import.meta.dirname, '..', 'statementProcess.ts')

function writeOurs({ path, key }: BenchWallet, csv: string): { tookMs: number; peakMb: number } {
  const run = spawnSync(process.execPath, [statementProcess, path, Buffer.from(key).toString('hex'), csv], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  const { tookMs, peakMb } = JSON.parse(run.stdout)
  return { tookMs: Number(tookMs), peakMb: Number(peakMb) }
}

/** The same movements in plain text, for a peer that has no key. */
function makePlainCopy({ path, key }: BenchWallet, plain: string): void {
  const db = openDatabase({ path, key, migrations: walletMigrations, application: 'wallet', mustExist: true })
  db.exec(`ATTACH '${plain.replaceAll("'", "''")}' AS plain KEY ''`)
  for (const table of ['movement', 'movement_facet']) db.exec(`CREATE TABLE plain.${table} AS SELECT * FROM main.${table}`)
  db.exec('CREATE UNIQUE INDEX plain.facet_n ON movement_facet (n)')
  db.close()
}

/** The columns as they stand, without days, decimals or a proof. */
const peerQuery = `SELECT m.at, f.kind, f.state, m.title, m.reference, m.hi, m.mid, m.lo, f.currency,
    m.fee_hi, m.fee_mid, m.fee_lo, m.after_hi, m.after_mid, m.after_lo, m.id
  FROM movement m CROSS JOIN movement_facet f ON f.n = m.facet`

/** Its file is on disk before it returns, outside of the time, so that the next one does not wait for it. */
function peerMs(database: string, csv: string): number {
  const out = openSync(csv, 'w')
  const start = performance.now()
  const run = spawnSync('sqlite3', ['-csv', '-header', database, peerQuery], { stdio: ['ignore', out, 'inherit'] })
  const took = performance.now() - start
  fsyncSync(out)
  closeSync(out)
  if (run.status !== 0 || statSync(csv).size === 0) throw new Error('sqlite3 wrote nothing')
  return took
}

const pairs = 5

/** Ours and the peer by turns, each to a file that is not there yet: what else the machine does meets both alike, and a pair is compared in itself. */
function compare(wallet: BenchWallet, plain: string, csv: string) {
  const turn = () => {
    const ours = writeOurs(wallet, csv)
    rmSync(csv)
    const peer = peerMs(plain, csv)
    rmSync(csv)
    return { ...ours, peer, ratio: ours.tookMs / peer }
  }
  // The first reads both databases into memory and is not counted.
  turn()
  const turns = Array.from({ length: pairs }, turn)
  return {
    value: median(turns.map(({ tookMs }) => tookMs)),
    reference: median(turns.map(({ peer }) => peer)),
    ratio: median(turns.map(({ ratio }) => ratio)),
    peakMb: Math.max(...turns.map(({ peakMb }) => peakMb)),
  }
}

const csv: BenchRow = {
  name: 'csv 1M',
  seconds: 60,
  needsWallet: true,
  measure: async ({ folder, wallet }) => {
    const large = await wallet()
    const file = join(folder, 'statement.csv')
    const goal = '<= 2 x sqlite3 -csv on a plain copy, <= 250 MB'
    if (spawnSync('sqlite3', ['--version']).status !== 0) {
      const value = writeOurs(large, file).tookMs
      return { value, unit: 'ms', reference: null, ratio: null, goal, ok: null, note: 'sqlite3 is not installed (apt-get install sqlite3)' }
    }
    const plain = join(folder, 'plain.db')
    makePlainCopy(large, plain)
    const { value, reference, ratio, peakMb } = compare(large, plain, file)
    const note = `the ratio is the median of ${pairs} pairs' own; peak memory ${peakMb.toFixed(0)} MB, with the proof`
    return { value, unit: 'ms', reference, ratio, goal, ok: ratio <= 2 && peakMb <= 250, note }
  },
}

export const rows: readonly BenchRow[] = [csv]
