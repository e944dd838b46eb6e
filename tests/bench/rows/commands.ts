import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BookPlace } from '../../load/books.ts'
import { makePayments } from '../../load/payers.ts'
import { sendAll } from '../../load/sendAll.ts'
import { serveBook } from '../../load/service.ts'
import { needs } from '../../support/needs.ts'
import { type PostgresServer, startPostgres } from '../../support/postgresServer.ts'
import type { BenchRow } from '../row.ts'
import { median } from '../timing.ts'

const payments = 3000
const warming = 300
const payers = 64

type Served = { readonly perSecond: number; readonly note: string }

async function serve(place: BookPlace, shops: number, instances = 1): Promise<Served> {
  const names = Array.from({ length: shops }, (_, n) => `shop-${n}`)
  const signed = await makePayments(place, payers, names, warming + payments)
  const services = await Promise.all(Array.from({ length: instances }, () => serveBook(place)))
  const urls = services.map(({ url }) => url)
  try {
    const all = signed(services[0]?.serviceId ?? '')
    await sendAll(urls, all.slice(0, warming))
    const start = performance.now()
    const took = [...(await sendAll(urls, all.slice(warming)))].sort((a, b) => a - b)
    const perSecond = (took.length * 1000) / (performance.now() - start)
    const p99 = took[Math.floor(took.length * 0.99)] ?? Number.NaN
    return { perSecond, note: `p50 ${median(took).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms` }
  } finally {
    await Promise.all(services.map(service => service.stop()))
  }
}

/** The bare transfer of the reference: two balances and two legs in one transaction, with no signature, limit, hold, chain or feed. */
const transfer = `\\set payer random(1, 10000)
\\set payee random(1, 10000)
BEGIN;
UPDATE balance SET minor = minor - 250 WHERE id = :payer;
UPDATE balance SET minor = minor + 250 WHERE id = :payee;
INSERT INTO leg (account, minor) VALUES (:payer, -250), (:payee, 250);
COMMIT;
`

/** Transfers a second by `pgbench -c 16` on the same server, over 10,000 accounts. */
async function bareTransfers(postgres: PostgresServer, folder: string): Promise<number> {
  const url = await postgres.emptyDatabase()
  await postgres.query(
    url,
    'CREATE TABLE balance (id INT PRIMARY KEY, minor BIGINT NOT NULL); CREATE TABLE leg (n BIGSERIAL PRIMARY KEY, account INT, minor BIGINT)',
  )
  await postgres.query(url, 'INSERT INTO balance SELECT n, 1000000 FROM generate_series(1, 10000) n')
  const script = join(folder, 'transfer.sql')
  writeFileSync(script, transfer)
  const told = spawnSync('pgbench', ['-n', '-c', '16', '-j', '1', '-T', '6', '-f', script, url], { encoding: 'utf8' })
  const perSecond = Number(/tps = ([\d.]+)/.exec(told.stdout)?.[1])
  if (!(perSecond > 0)) throw new Error(`pgbench: ${told.stderr}`)
  return perSecond
}

type Kind = {
  readonly name: string
  readonly goal: number
  place(folder: string, shops: number, postgres: PostgresServer): Promise<BookPlace>
}

const sqlite: Kind = { name: 'SQLite', goal: 1.5, place: async (folder, shops) => ({ path: join(folder, `payments-${shops}.db`) }) }
const postgresql: Kind = { name: 'PostgreSQL', goal: 1, place: async (_, __, postgres) => ({ url: await postgres.database() }) }

const row = ({ name, goal, place }: Kind, shops: number): BenchRow => ({
  name: `payments over HTTP, ${name}, ${shops === 1 ? 'one shop' : `${shops} shops`}`,
  seconds: 35,
  needsWallet: false,
  measure: async ({ folder }) => {
    const told = { unit: 'payments/s', goal: `>= ${goal.toFixed(1)} x bare transfers of pgbench -c 16` }
    const { path, reason } = needs('postgresql')
    if (path === undefined) return { ...told, value: Number.NaN, reference: null, ratio: null, ok: null, note: reason }
    const postgres = await startPostgres(path)
    try {
      const { perSecond: value, note } = await serve(await place(folder, shops, postgres), shops)
      const reference = await bareTransfers(postgres, folder)
      const ratio = value / reference
      return {
        ...told,
        value,
        reference,
        ratio,
        ok: ratio >= goal,
        note: `${note}; whole payments: signature, limits, hold, capture, chain, feed; client on the same cores`,
      }
    } finally {
      await postgres.stop()
    }
  },
})

/** A hot account: what it costs that instances take turns at it. */
const twoInstances: BenchRow = {
  name: 'payments over HTTP, PostgreSQL, one shop, two instances',
  seconds: 35,
  needsWallet: false,
  measure: async () => {
    const told = { unit: 'payments/s', goal: '>= 0.5 x the same by one instance' }
    const { path, reason } = needs('postgresql')
    if (path === undefined) return { ...told, value: Number.NaN, reference: null, ratio: null, ok: null, note: reason }
    const postgres = await startPostgres(path)
    try {
      const one = await serve({ url: await postgres.database() }, 1)
      const two = await serve({ url: await postgres.database() }, 1, 2)
      const ratio = two.perSecond / one.perSecond
      return {
        ...told,
        value: two.perSecond,
        reference: one.perSecond,
        ratio,
        ok: ratio >= 0.5,
        note: `${two.note}; one instance: ${one.note}`,
      }
    } finally {
      await postgres.stop()
    }
  },
}

export const rows: readonly BenchRow[] = [...[sqlite, postgresql].flatMap(kind => [row(kind, 64), row(kind, 1)]), twoInstances]
