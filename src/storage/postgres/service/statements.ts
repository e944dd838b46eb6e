import type { BankEntry, BankLine, BankStatement, StatementImport, Statements } from '../../featureRepositories.ts'
import type { Transaction } from '../connection.ts'

const shownEntry = `id, identity, import_id AS "importId", file, state, problem, top_up_id AS "topUpId", account, amount, currency,
  booked_on AS "bookedOn", value_on AS "valueOn", debtor, remittance, bank_reference AS "bankReference", imported_at AS "importedAt"`
const insertEntry = `INSERT INTO bank_entry (id, identity, import_id, file, state, problem, top_up_id, account, amount, currency, booked_on,
  value_on, debtor, remittance, bank_reference, imported_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
const shownStatement = 'import_id AS "importId", number, statement_id AS "statementId", account, problem, entries'

const imports = (tx: Transaction) => ({
  begin: async (run: StatementImport) => {
    await tx.run(
      'INSERT INTO statement_import (id, file, started_at, finished_at, bytes, sha256, refused) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      ...[run.id, run.file, run.startedAt, run.finishedAt, run.bytes, run.sha256, run.refused],
    )
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
        'INSERT INTO bank_statement (import_id, number, statement_id, account, problem, entries) VALUES ($1, $2, $3, $4, $5, $6)',
        ...[one.importId, one.number, one.statementId, one.account, one.problem, one.entries],
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
    tx.get<BankStatement>(`SELECT ${shownStatement} FROM bank_statement WHERE import_id = $1 AND number = $2`, importId, number),
  statements: (importId: string, limit: number) =>
    tx.all<BankStatement>(`SELECT ${shownStatement} FROM bank_statement WHERE import_id = $1 ORDER BY number LIMIT $2`, importId, limit),
})

export const postgresStatements = (tx: Transaction): Statements => {
  const put = (sql: string) => async (e: BankEntry) => {
    await tx.run(
      sql,
      ...[e.id, e.identity, e.importId, e.file, e.state, e.problem, e.topUpId, e.account, e.amount, e.currency],
      ...[e.bookedOn, e.valueOn, e.debtor, e.remittance, e.bankReference, e.importedAt],
    )
  }
  return {
    ...imports(tx),
    ...staging(tx),
    entry: identity => tx.get<BankEntry>(`SELECT ${shownEntry} FROM bank_entry WHERE identity = $1${tx.forUpdate}`, identity),
    addEntry: put(insertEntry),
    saveEntry: put(
      `${insertEntry} ON CONFLICT (id) DO UPDATE SET identity = excluded.identity, import_id = excluded.import_id, file = excluded.file,
         state = excluded.state, problem = excluded.problem, top_up_id = excluded.top_up_id, account = excluded.account,
         amount = excluded.amount, currency = excluded.currency, booked_on = excluded.booked_on, value_on = excluded.value_on,
         debtor = excluded.debtor, remittance = excluded.remittance, bank_reference = excluded.bank_reference,
         imported_at = excluded.imported_at`,
    ),
    dropPending: async (topUpId, amount, currency) => {
      await tx.run(
        `DELETE FROM bank_entry WHERE id = (
           SELECT id FROM bank_entry WHERE top_up_id = $1 AND amount = $2 AND currency = $3 AND state = 'waiting' AND problem = 'pending'
           ORDER BY id LIMIT 1)`,
        ...[topUpId, amount, currency],
      )
    },
    waiting: (after, limit) =>
      tx.all<BankEntry>(`SELECT ${shownEntry} FROM bank_entry WHERE state = 'waiting' AND id > $1 ORDER BY id LIMIT $2`, after, limit),
  }
}
