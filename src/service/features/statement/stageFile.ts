import { createHash } from 'node:crypto'
import { toDecimal } from '#core/money/amount.ts'
import { createFileReader } from '#core/rails/bank/format.ts'
import { createOrdinals, entryIdentity, entryKind } from '#core/rails/bank/identity.ts'
import { byOrder, problem, statementProblems } from '#core/rails/bank/problems.ts'
import type { FileVerdict, StatementHeader, StatementLine, StatementSink, StatementVerdict } from '#core/rails/bank/statement.ts'
import { bankFiles } from '#core/rails/index.ts'
import type { BankLine, BankStatement } from '#storage/featureRepositories.ts'
import type { ServicePorts } from '../../ports.ts'
import { currenciesOf } from '../topUp/receivingAccounts.ts'

const pieceBytes = 65_536
/** Rows that gather in memory before they are written. */
const batch = 500
/** What an operator needs to recognise an entry; ISO 20022 allows 140 for a name and 140 for each line of text. */
const longestName = 140
const longestText = 500

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')
const cut = (text: string, most: number): string => [...text.slice(0, most * 2)].slice(0, most).join('')

/** What a line is told apart by where the bank has not booked it yet, and so may still change its references. */
const unbookedIdentity = (line: StatementLine, ordinal: (kind: string) => number): string => {
  const kind = entryKind(line)
  return `unbooked ${line.status} ${entryIdentity(kind, ordinal(kind))}`
}

function bankLine(line: StatementLine, seq: number, ordinal: (kind: string) => number): BankLine {
  const [first] = line.problems
  return {
    seq,
    statement: line.statement,
    identity: digest(line.identity || unbookedIdentity(line, ordinal)),
    account: line.account,
    amount: line.amount ? toDecimal(line.amount) : '',
    currency: line.amount?.currency ?? '',
    isMoneyIn: first === undefined || statementProblems[first.code].effect === 'wait',
    bookedOn: line.bookedOn,
    valueOn: line.valueOn,
    debtor: cut(line.debtorName || line.ultimateDebtorName, longestName),
    remittance: cut([...line.structuredReferences, ...line.remittance].join(' '), longestText),
    bankReference: cut(line.lineBankReference || line.bankReference, longestName),
    references: line.references,
    problem: first?.code ?? null,
  }
}

export type ReadFile =
  | { readonly ok: true; readonly verdict: FileVerdict; readonly bytes: number; readonly sha256: string }
  | { readonly ok: false; readonly bytes: number }

/**
 * Reads a bank file piece by piece and keeps its lines and statements apart from the book, where nothing counts yet. Memory is bounded.
 * @returns ok false where the file has more than `mostBytes`. Throws what `source` throws: then nothing of the file counts.
 */
export async function stageFile(
  { store, config }: Pick<ServicePorts, 'store' | 'config'>,
  importId: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mostBytes: number,
): Promise<ReadFile> {
  let lines: BankLine[] = []
  let statements: BankStatement[] = []
  let seq = 0
  let header: StatementHeader | undefined
  let ordinal = createOrdinals(digest)

  const sink: StatementSink = {
    opened: opened => {
      header = opened
      ordinal = createOrdinals(digest)
    },
    line: line => {
      seq += 1
      lines.push(bankLine(line, seq, ordinal))
    },
    closed: (verdict: StatementVerdict) => {
      const account = header?.account ?? ''
      const isOurs = currenciesOf(config, account).length > 0
      const problems = [...verdict.problems, ...(isOurs || account === '' ? [] : [problem('account_unknown')])].sort(byOrder)
      const statementId = cut(header?.statementId ?? '', longestName)
      statements.push({
        importId,
        number: verdict.statement,
        statementId,
        account,
        problem: problems[0]?.code ?? null,
        entries: verdict.entries,
      })
    },
  }
  const reader = createFileReader(bankFiles.camt053, sink, { digest, decodingFor: label => new TextDecoder(label, { fatal: true }) })
  const flush = async () => {
    const [someLines, someStatements] = [lines, statements]
    lines = []
    statements = []
    await store.write(tx => tx.statements.stage(importId, someLines, someStatements))
  }

  const hash = createHash('sha256')
  let bytes = 0
  let isRefused = false
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > mostBytes) return { ok: false, bytes }
    hash.update(chunk)
    for (let at = 0; at < chunk.length && !isRefused; at += pieceBytes) {
      isRefused = reader.write(chunk.subarray(at, at + pieceBytes)) !== undefined
      if (lines.length + statements.length >= batch) await flush()
    }
  }
  const verdict = reader.end()
  await flush()
  return { ok: true, verdict, bytes, sha256: hash.digest('hex') }
}
