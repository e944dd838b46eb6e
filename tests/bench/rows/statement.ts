import { spawnSync } from 'node:child_process'
import { closeSync, openSync, statSync } from 'node:fs'
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
const peerQuery = `SELECT m.at, f.kind, f.state, m.title, m.reference, m.hi, m.lo, f.currency, m.fee_hi, m.fee_lo, m.after_hi, m.after_lo, m.id
  FROM movement m CROSS JOIN movement_facet f ON f.n = m.facet`

function peerMs(database: string, csv: string): number {
  const out = openSync(csv, 'w')
  const start = performance.now()
  const run = spawnSync('sqlite3', ['-csv', '-header', database, peerQuery], { stdio: ['ignore', out, 'inherit'] })
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
    makePlainCopy(large, plain)
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
