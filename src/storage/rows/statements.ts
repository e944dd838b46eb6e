import type { BankEntry, BankStatement, StatementImport } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export const importColumns = columnsOf<StatementImport>({
  id: 'id',
  file: 'file',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  bytes: 'bytes',
  sha256: 'sha256',
  refused: 'refused',
})

export const bankStatementColumns = columnsOf<BankStatement>({
  importId: 'import_id',
  number: 'number',
  statementId: 'statement_id',
  account: 'account',
  problem: 'problem',
  entries: 'entries',
})

export const bankEntryColumns = columnsOf<BankEntry>({
  id: 'id',
  identity: 'identity',
  importId: 'import_id',
  file: 'file',
  state: 'state',
  problem: 'problem',
  topUpId: 'top_up_id',
  account: 'account',
  amount: 'amount',
  currency: 'currency',
  bookedOn: 'booked_on',
  valueOn: 'value_on',
  debtor: 'debtor',
  remittance: 'remittance',
  bankReference: 'bank_reference',
  importedAt: 'imported_at',
})
