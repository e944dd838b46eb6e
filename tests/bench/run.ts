import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeBook } from './book.ts'
import type { BenchRow, BenchTools } from './row.ts'
import { type Measured, table } from './table.ts'
import { makeWallet } from './wallet.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function loadRows(): Promise<readonly BenchRow[]> {
  const folder = join(import.meta.dirname, 'rows')
  const files = readdirSync(folder).filter(name => name.endsWith('.ts'))
  const loaded: { rows: readonly BenchRow[] }[] = await Promise.all(files.sort().map(name => import(`./rows/${name}`)))
  return loaded.flatMap(({ rows }) => rows)
}

/** About how long making a wallet of a million movements takes, and a book. */
const walletSeconds = 70
const bookSeconds = 50

/** Made when it is first asked for, and then the same. */
function once<Made>(what: string, make: () => Made): () => Promise<Made> {
  let made: Promise<Made> | undefined
  return () => {
    made ??= Promise.resolve().then(() => {
      const start = performance.now()
      const value = make()
      say(`made ${what} in ${((performance.now() - start) / 1000).toFixed(0)} s`)
      return value
    })
    return made
  }
}

function toolsFor(folder: string, movements: number, full: boolean): BenchTools {
  const many = movements.toLocaleString('en')
  return {
    folder,
    movements,
    full,
    wallet: once(`a wallet of ${many} movements`, () => makeWallet(folder, movements)),
    book: once(`a book of ${many} postings`, () => makeBook(join(folder, 'large-book.db'), movements)),
  }
}

/** `npm run bench`: each figure beside its reference, measured in the same run. Exit 1 where a goal is missed. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      movements: { type: 'string', default: '1000000' },
    },
  })
  const rows = (await loadRows()).filter(({ name }) => values.only === undefined || name.includes(values.only))
  if (rows.length === 0) {
    say(`no such bench: ${values.only}. There are: ${(await loadRows()).map(({ name }) => name).join('; ')}`)
    return 64
  }
  const making = (rows.some(row => row.needsWallet) ? walletSeconds : 0) + (rows.some(row => row.needsBook) ? bookSeconds : 0)
  const seconds = rows.reduce((sum, row) => sum + row.seconds, making)
  say(`${rows.length} rows, about ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`} on a quiet machine`)
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.bench-'))
  try {
    const tools = toolsFor(folder, Number(values.movements), values.full)
    const measured: Measured[] = []
    for (const row of rows) {
      say(`${row.name} ...`)
      measured.push({ name: row.name, ...(await row.measure(tools)) })
    }
    process.stdout.write(values.json ? `${JSON.stringify({ rows: measured })}\n` : `\n${table(measured)}\n`)
    return measured.some(row => row.ok === false) ? 1 : 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()
