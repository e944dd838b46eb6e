import type { BankEntry, BankLine, BankStatement, StatementImport, Statements } from '../../featureRepositories.ts'
import { bankEntryColumns, bankStatementColumns, importColumns } from '../../rows/statements.ts'
import type { Transaction } from '../connection.ts'

const imports = (tx: Transaction) => ({
  begin: async (run: StatementImport) => {
    await tx.run(`INSERT INTO statement_import (${importColumns.names}) VALUES (${importColumns.places})`, ...importColumns.values(run))
  },
  finish: async (run: StatementImport) => {
    await tx.run(
      'UPDATE statement_import SET finished_at = $1, bytes = $2, sha256 = $3, refused = $4 WHERE id = $5',
      ...[run.finishedAt, run.bytes, run.sha256, run.refused, run.id],
    )
  },
})

/** An instance that starts may find the import of another one under way: only one that began so long before can have broken off. */
const longestImportMs = 86_400_000

const staging = (tx: Transaction) => ({
  stage: async (importId: string, lines: readonly BankLine[], statements: readonly BankStatement[]) => {
    for (const one of lines)
      await tx.run('INSERT INTO staged_line (import_id, seq, json) VALUES ($1, $2, $3)', importId, one.seq, JSON.stringify(one))
    for (const one of statements)
      await tx.run(
        `INSERT INTO bank_statement (${bankStatementColumns.names}) VALUES (${bankStatementColumns.places})`,
        ...bankStatementColumns.values(one),
      )
  },
  staged: async (importId: string, afterSeq: number, limit: number): Promise<readonly BankLine[]> =>
    (
      await tx.all<{ json: string }>(
        'SELECT json FROM staged_line WHERE import_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
        ...[importId, afterSeq, limit],
      )
    ).map(({ json }) => JSON.parse(json)),
  unstage: async (importId: string) => {
    await tx.run('DELETE FROM staged_line WHERE import_id = $1', importId)
  },
  unstageAll: async () => {
    await tx.run(
      `DELETE FROM staged_line WHERE import_id IN (
         SELECT i.id FROM statement_import i WHERE i.finished_at IS NOT NULL
           OR i.started_at < (SELECT max(started_at) FROM statement_import) - $1)`,
      longestImportMs,
    )
  },
  statement: (importId: string, number: number) =>
    tx.get<BankStatement>(
      `SELECT ${bankStatementColumns.shown} FROM bank_statement WHERE import_id = $1 AND number = $2`,
      importId,
      number,
    ),
  statements: (importId: string, limit: number) =>
    tx.all<BankStatement>(
      `SELECT ${bankStatementColumns.shown} FROM bank_statement WHERE import_id = $1 ORDER BY number LIMIT $2`,
      importId,
      limit,
    ),
})

const insertEntry = `INSERT INTO bank_entry (${bankEntryColumns.names}) VALUES (${bankEntryColumns.places})`

export const postgresStatements = (tx: Transaction): Statements => ({
  ...imports(tx),
  ...staging(tx),
  entry: identity => tx.get<BankEntry>(`SELECT ${bankEntryColumns.shown} FROM bank_entry WHERE identity = $1${tx.forUpdate}`, identity),
  addEntry: async entry => {
    await tx.run(insertEntry, ...bankEntryColumns.values(entry))
  },
  saveEntry: async entry => {
    await tx.run(`${insertEntry} ON CONFLICT (id) DO UPDATE SET ${bankEntryColumns.renewed}`, ...bankEntryColumns.values(entry))
  },
  dropPending: async (topUpId, amount, currency) => {
    await tx.run(
      `DELETE FROM bank_entry WHERE id = (
           SELECT id FROM bank_entry WHERE top_up_id = $1 AND amount = $2 AND currency = $3 AND state = 'waiting' AND problem = 'pending'
           ORDER BY id LIMIT 1)`,
      ...[topUpId, amount, currency],
    )
  },
  waiting: (after, limit) =>
    tx.all<BankEntry>(
      `SELECT ${bankEntryColumns.shown} FROM bank_entry WHERE state = 'waiting' AND id > $1 ORDER BY id LIMIT $2`,
      after,
      limit,
    ),
})
