import type { BankEntry, BankLine, BankStatement, StatementImport, Statements } from '../../featureRepositories.ts'
import type { Database } from '../database.ts'

type EntryRow = {
  id: string
  identity: string
  import_id: string
  file: string
  state: BankEntry['state']
  problem: string | null
  top_up_id: string | null
  account: string
  amount: string
  currency: string
  booked_on: string
  value_on: string
  debtor: string
  remittance: string
  bank_reference: string
  imported_at: number
}

const entryOf = (row: EntryRow): BankEntry => ({
  id: row.id,
  identity: row.identity,
  importId: row.import_id,
  file: row.file,
  state: row.state,
  problem: row.problem,
  topUpId: row.top_up_id,
  account: row.account,
  amount: row.amount,
  currency: row.currency,
  bookedOn: row.booked_on,
  valueOn: row.value_on,
  debtor: row.debtor,
  remittance: row.remittance,
  bankReference: row.bank_reference,
  importedAt: row.imported_at,
})

const statementColumns = 'import_id AS importId, number, statement_id AS statementId, account, problem, entries'

const imports = (db: Database) => ({
  begin: async (run: StatementImport) => {
    db.prepare('INSERT INTO statement_import VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      ...[run.id, run.file, run.startedAt, run.finishedAt, run.bytes, run.sha256, run.refused],
    )
  },
  finish: async (run: StatementImport) => {
    db.prepare('UPDATE statement_import SET finished_at = ?, bytes = ?, sha256 = ?, refused = ? WHERE id = ?').run(
      ...[run.finishedAt, run.bytes, run.sha256, run.refused, run.id],
    )
  },
})

const staging = (db: Database) => ({
  stage: async (importId: string, lines: readonly BankLine[], statements: readonly BankStatement[]) => {
    const line = db.prepare('INSERT INTO staged_line VALUES (?, ?, ?)')
    for (const one of lines) line.run(importId, one.seq, JSON.stringify(one))
    const statement = db.prepare('INSERT INTO bank_statement VALUES (?, ?, ?, ?, ?, ?)')
    for (const one of statements) statement.run(one.importId, one.number, one.statementId, one.account, one.problem, one.entries)
  },
  staged: async (importId: string, afterSeq: number, limit: number): Promise<readonly BankLine[]> =>
    db
      .prepare<{ json: string }>('SELECT json FROM staged_line WHERE import_id = ? AND seq > ? ORDER BY seq LIMIT ?')
      .all(importId, afterSeq, limit)
      .map(({ json }) => JSON.parse(json)),
  unstage: async (importId: string) => {
    db.prepare('DELETE FROM staged_line WHERE import_id = ?').run(importId)
  },
  unstageAll: async () => {
    db.prepare('DELETE FROM staged_line').run()
  },
  statement: async (importId: string, number: number) =>
    db.prepare<BankStatement>(`SELECT ${statementColumns} FROM bank_statement WHERE import_id = ? AND number = ?`).get(importId, number),
  statements: async (importId: string, limit: number) =>
    db
      .prepare<BankStatement>(`SELECT ${statementColumns} FROM bank_statement WHERE import_id = ? ORDER BY number LIMIT ?`)
      .all(importId, limit),
})

export const sqliteStatements = (db: Database): Statements => {
  const put = (sql: string) => async (e: BankEntry) => {
    db.prepare(sql).run(
      ...[e.id, e.identity, e.importId, e.file, e.state, e.problem, e.topUpId, e.account, e.amount, e.currency],
      ...[e.bookedOn, e.valueOn, e.debtor, e.remittance, e.bankReference, e.importedAt],
    )
  }
  const columns = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
  return {
    ...imports(db),
    ...staging(db),
    entry: async identity => {
      const row = db.prepare<EntryRow>('SELECT * FROM bank_entry WHERE identity = ?').get(identity)
      return row && entryOf(row)
    },
    addEntry: put(`INSERT INTO bank_entry VALUES ${columns}`),
    saveEntry: put(`REPLACE INTO bank_entry VALUES ${columns}`),
    dropPending: async (topUpId, amount, currency) => {
      db.prepare(
        `DELETE FROM bank_entry WHERE id = (
           SELECT id FROM bank_entry WHERE top_up_id = ? AND amount = ? AND currency = ? AND state = 'waiting' AND problem = 'pending' LIMIT 1)`,
      ).run(topUpId, amount, currency)
    },
    waiting: async (after, limit) =>
      db
        .prepare<EntryRow>(`SELECT * FROM bank_entry WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?`)
        .all(after, limit)
        .map(entryOf),
  }
}
