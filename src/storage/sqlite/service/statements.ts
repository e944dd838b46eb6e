import type { BankEntry, BankLine, BankStatement, StatementImport, Statements } from '../../featureRepositories.ts'
import { bankEntryColumns, bankStatementColumns, importColumns } from '../../rows/statements.ts'
import type { Database } from '../database.ts'

const imports = (db: Database) => ({
  begin: async (run: StatementImport) => {
    db.prepare(`INSERT INTO statement_import (${importColumns.names}) VALUES (${importColumns.marks})`).run(...importColumns.values(run))
  },
  finish: async (run: StatementImport) => {
    db.prepare('UPDATE statement_import SET finished_at = ?, bytes = ?, sha256 = ?, refused = ? WHERE id = ?').run(
      ...[run.finishedAt, run.bytes, run.sha256, run.refused, run.id],
    )
  },
})

const staging = (db: Database) => ({
  stage: async (importId: string, lines: readonly BankLine[], statements: readonly BankStatement[]) => {
    const line = db.prepare('INSERT INTO staged_line (import_id, seq, json) VALUES (?, ?, ?)')
    for (const one of lines) line.run(importId, one.seq, JSON.stringify(one))
    const statement = db.prepare(`INSERT INTO bank_statement (${bankStatementColumns.names}) VALUES (${bankStatementColumns.marks})`)
    for (const one of statements) statement.run(...bankStatementColumns.values(one))
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
    db
      .prepare<BankStatement>(`SELECT ${bankStatementColumns.shown} FROM bank_statement WHERE import_id = ? AND number = ?`)
      .get(importId, number),
  statements: async (importId: string, limit: number) =>
    db
      .prepare<BankStatement>(`SELECT ${bankStatementColumns.shown} FROM bank_statement WHERE import_id = ? ORDER BY number LIMIT ?`)
      .all(importId, limit),
})

const insertEntry = `INSERT INTO bank_entry (${bankEntryColumns.names}) VALUES (${bankEntryColumns.marks})`

export const sqliteStatements = (db: Database): Statements => ({
  ...imports(db),
  ...staging(db),
  entry: async identity => db.prepare<BankEntry>(`SELECT ${bankEntryColumns.shown} FROM bank_entry WHERE identity = ?`).get(identity),
  addEntry: async entry => {
    db.prepare(insertEntry).run(...bankEntryColumns.values(entry))
  },
  saveEntry: async entry => {
    db.prepare(`${insertEntry} ON CONFLICT (id) DO UPDATE SET ${bankEntryColumns.renewed}`).run(...bankEntryColumns.values(entry))
  },
  dropPending: async (topUpId, amount, currency) => {
    db.prepare(
      `DELETE FROM bank_entry WHERE id = (
         SELECT id FROM bank_entry WHERE top_up_id = ? AND amount = ? AND currency = ? AND state = 'waiting' AND problem = 'pending' LIMIT 1)`,
    ).run(topUpId, amount, currency)
  },
  waiting: async (after, limit) =>
    db
      .prepare<BankEntry>(`SELECT ${bankEntryColumns.shown} FROM bank_entry WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?`)
      .all(after, limit),
})
