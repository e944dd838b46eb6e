import { createHash } from 'node:crypto'
import { auditChecker } from '#core/audit/chain.ts'
import type { AccountState } from '#core/ledger/account.ts'
import type { HoldState, Posting } from '#core/ledger/command.ts'
import { audit } from '#core/ledger/invariants.ts'
import { digest } from './digest.ts'

/** The tables that stand alike in every store, each with its key; parents before their children. What the ledger's hold is moved as what it means. */
export const movedTables = {
  holder: ['id'],
  device: ['id'],
  session: ['token_hash'],
  command: ['id'],
  feed_head: ['holder_id'],
  feed_row: ['holder_id', 'n'],
  feed_compaction: ['holder_id'],
  feed_standing: ['holder_id', 'subject'],
  shop_order: ['id'],
  payment: ['id'],
  payment_limit: ['holder_id', 'kind'],
  limit_use: ['payment_id'],
  question: ['number'],
  service_setting: ['name'],
  registration: ['id'],
  sign_in_count: ['key'],
  mail: ['id'],
  top_up: ['id'],
  statement_import: ['id'],
  bank_statement: ['import_id', 'number'],
  staged_line: ['import_id', 'seq'],
  bank_entry: ['id'],
  daily_root: ['day'],
  root_leaf: ['day', 'build', 'slot', 'account'],
  personal_register: ['holder_id', 'subject', 'field'],
  audit_entry: ['n'],
  account_safety: ['holder_id'],
  contact_detail: ['holder_id', 'kind'],
  contact_change: ['id'],
  recovery_code: ['holder_id', 'n'],
  challenge: ['id_hash'],
  account_lock: ['id'],
  freeze_link: ['token_hash'],
  password_reset: ['id'],
  identity_step: ['holder_id', 'step'],
  identity_document: ['holder_id', 'address'],
  identity_document_part: ['holder_id', 'address', 'n'],
  risk_profile: ['about', 'id'],
  risk_case: ['id'],
  risk_note: ['id'],
  risk_use: ['role'],
  risk_difference: ['payment_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type MovedTable = keyof typeof movedTables
const movedTableNames = Object.keys(movedTables).filter((name): name is MovedTable => Object.hasOwn(movedTables, name))

export type Cell = string | bigint | null
export type Row = readonly Cell[]

type Numbered<State> = { readonly n: number; readonly state: State }
/** What stands under an id of the journal: what was asked (as a hash) and answered, and the posting where there is one. */
export type JournalRow = {
  readonly n: number
  readonly id: string
  readonly body: string
  readonly answer: string
  readonly posting: Posting | null
}

/** A service's store as it stands at one moment. Pages are in the order of their numbers or keys, from above `after`. */
export interface MoveReader {
  /** The names of a table's columns, in the order of the alphabet: the order of the cells of its rows. */
  columns(table: MovedTable): Promise<readonly string[]>
  rows(table: MovedTable, after: Row | null, limit: number): Promise<readonly Row[]>
  accounts(after: number, limit: number): Promise<readonly Numbered<AccountState>[]>
  journal(after: number, limit: number): Promise<readonly JournalRow[]>
  holds(after: number, limit: number): Promise<readonly Numbered<HoldState>[]>
}

/** Writes into a fresh store, within one transaction. Whatever it is given comes in the order in which it was read. */
export interface MoveWriter {
  keepRows(table: MovedTable, columns: readonly string[], rows: readonly Row[]): Promise<void>
  /** Opens them, before what is posted to them. */
  openAccounts(states: readonly AccountState[]): Promise<void>
  keepJournal(rows: readonly JournalRow[]): Promise<void>
  keepHolds(holds: readonly HoldState[]): Promise<void>
  /** What of an account is neither its legs nor its holds. */
  settleAccounts(states: readonly AccountState[]): Promise<void>
}

/** Where a service is moved from: nobody writes to it meanwhile. */
export interface MoveSource {
  read<T>(work: (reader: MoveReader) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Where it is moved to: made empty, and marked as unfinished until `finish`. */
export interface MoveTarget extends MoveSource {
  write<T>(work: (writer: MoveWriter) => Promise<T>): Promise<T>
  finish(): Promise<void>
}

/** The two are not equal, in words. */
export class MoveDiffers extends Error {}

/** What both hold alike. A digest is the sum of the SHA-256 of its rows, so that the order in which a store gives them does not count. */
export type MoveProof = {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly digest: string }[]
  readonly accounts: number
  readonly postings: number
  /** Of how many feeds, and the sum of their newest numbers. */
  readonly feeds: number
  readonly feedPositions: bigint
}

const blockRows = 500

/** Rows by their numbers, a block at a time. */
async function* blocks<R extends { readonly n: number }>(page: (after: number, limit: number) => Promise<readonly R[]>) {
  for (let after = 0; ; ) {
    const rows = await page(after, blockRows)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.n
  }
}

/** Rows of a table by its key, a block at a time. */
async function* tableBlocks(reader: MoveReader, table: MovedTable, columns: readonly string[]) {
  const key = movedTables[table].map(name => columns.indexOf(name))
  for (let after: Row | null = null; ; ) {
    const rows: readonly Row[] = await reader.rows(table, after, blockRows)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = key.map(index => last[index] ?? null)
  }
}

const statesOf = <State>(rows: readonly Numbered<State>[]): readonly State[] => rows.map(({ state }) => state)

/** Copies all of it, block by block, each in a transaction of its own. `tell` hears how many rows were written so far. */
async function copy(reader: MoveReader, target: MoveTarget, tell: (rows: number) => void): Promise<void> {
  let written = 0
  const told = (rows: readonly unknown[]): void => {
    written += rows.length
    tell(written)
  }
  for (const table of movedTableNames) {
    const columns = await reader.columns(table)
    for await (const rows of tableBlocks(reader, table, columns)) {
      await target.write(writer => writer.keepRows(table, columns, rows))
      told(rows)
    }
  }
  for await (const rows of blocks(reader.accounts)) await target.write(writer => writer.openAccounts(statesOf(rows)))
  for await (const rows of blocks(reader.journal)) {
    await target.write(writer => writer.keepJournal(rows))
    told(rows)
  }
  for await (const rows of blocks(reader.holds)) {
    await target.write(writer => writer.keepHolds(statesOf(rows)))
    told(rows)
  }
  for await (const rows of blocks(reader.accounts)) {
    await target.write(writer => writer.settleAccounts(statesOf(rows)))
    told(rows)
  }
}

/** A number is told from a text of the same digits; PostgreSQL keeps a NUL by its picture. */
const textOf = (row: unknown): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? [String(value)] : value)).replaceAll('\\u0000', '\u2400')

/** Adds up rows, whatever their order. */
function tally() {
  let rows = 0
  let sum = 0n
  return {
    add: (row: unknown): void => {
      rows += 1
      sum = BigInt.asUintN(256, sum + BigInt(`0x${createHash('sha256').update(textOf(row)).digest('hex')}`))
    },
    end: (name: string) => ({ name, rows, digest: sum.toString(16).padStart(64, '0') }),
  }
}

async function tableFigures(reader: MoveReader, table: MovedTable) {
  const columns = await reader.columns(table)
  const rows = tally()
  const last = columns.indexOf('last')
  let positions = 0n
  for await (const block of tableBlocks(reader, table, columns))
    for (const row of block) {
      rows.add(row.map((cell, index) => [columns[index], cell]))
      if (table === 'feed_head') positions += BigInt(row[last] ?? 0)
    }
  return { figures: rows.end(table), positions }
}

/** Adds up and hashes the ledger again; throws `MoveDiffers` where it is not sound in itself. */
async function ledgerFigures(reader: MoveReader) {
  const auditor = audit(digest)
  const refuse = (wrong: Iterable<string>): void => {
    for (const what of wrong) throw new MoveDiffers(what)
  }
  const [journal, holds, accounts] = [tally(), tally(), tally()]
  let postings = 0
  for await (const block of blocks(reader.journal))
    for (const { n: _, ...row } of block) {
      journal.add(row)
      if (!row.posting) continue
      refuse(auditor.posting(row.posting))
      postings += 1
    }
  for await (const block of blocks(reader.holds))
    for (const { state } of block) {
      holds.add(state)
      auditor.hold(state)
    }
  for await (const block of blocks(reader.accounts))
    for (const { state } of block) {
      accounts.add(state)
      refuse(auditor.account(state))
    }
  return { tables: [accounts.end('ledger_account'), journal.end('ledger_journal'), holds.end('ledger_hold')], postings }
}

/** Checks the audit log again, line by line; throws `MoveDiffers` where it is not sound in itself. */
async function checkAudit(reader: MoveReader): Promise<void> {
  const checker = auditChecker(digest)
  const columns = await reader.columns('audit_entry')
  for await (const block of tableBlocks(reader, 'audit_entry', columns))
    for (const row of block) {
      const text = (column: string): string => String(row[columns.indexOf(column)] ?? '')
      const entry = { by: text('done_by'), act: text('act'), object: text('object'), detail: text('detail'), chain: text('chain') }
      const wrong = checker.row({ ...entry, n: Number(text('n')), at: Number(text('at')) })
      if (wrong !== undefined) throw new MoveDiffers(`audit_entry: ${wrong}`)
    }
}

async function figuresOf(reader: MoveReader): Promise<MoveProof> {
  const tables: MoveProof['tables'][number][] = []
  let feedPositions = 0n
  for (const table of movedTableNames) {
    const { figures, positions } = await tableFigures(reader, table)
    tables.push(figures)
    feedPositions += positions
  }
  const ledger = await ledgerFigures(reader)
  await checkAudit(reader)
  const rowsOf = (name: string) => [...tables, ...ledger.tables].find(table => table.name === name)?.rows ?? 0
  return {
    tables: [...tables, ...ledger.tables],
    accounts: rowsOf('ledger_account'),
    postings: ledger.postings,
    feeds: rowsOf('feed_head'),
    feedPositions,
  }
}

/** Both are read anew and added up, so that a change of the source during the move is found too. Throws `MoveDiffers`. */
async function prove(source: MoveSource, target: MoveTarget): Promise<MoveProof> {
  const there = await target.read(figuresOf)
  const here = await source.read(figuresOf)
  for (const [index, { name, rows, digest: sum }] of here.tables.entries()) {
    const other = there.tables[index]
    if (other?.rows !== rows) throw new MoveDiffers(`${name}: ${rows} <> ${other?.rows}`)
    if (other.digest !== sum) throw new MoveDiffers(`${name}: ${sum} <> ${other.digest}`)
  }
  return here
}

/**
 * Moves a whole service into a fresh store, in blocks, and proves the two equal: the rows of every table, the sums of each account added up again, where
 * each hash chain ends, the chain of the audit log, and the positions of the feeds. Only then does the target lose its mark. Throws `MoveDiffers`; whatever is thrown leaves it marked.
 */
export async function moveService(source: MoveSource, target: MoveTarget, tell: (rows: number) => void): Promise<MoveProof> {
  await source.read(reader => copy(reader, target, tell))
  const proof = await prove(source, target)
  await target.finish()
  return proof
}
