import type { Amount } from '../../money/amount.ts'
import type { CurrencyCode } from '../../money/currencies/index.ts'
import type { CreditorReference } from '../reference.ts'
import type { FileProblem, LineProblem, StatementProblem } from './problems.ts'

/** Seen from the account: a credit is money that came in. */
export type Direction = 'credit' | 'debit'
export type EntryStatus = 'booked' | 'pending' | 'information' | 'future' | 'unknown'

/** What stands above the entries of a statement. `number` counts the statements of the file from 1. */
export type StatementHeader = {
  readonly number: number
  readonly messageId: string
  readonly statementId: string
  /** The IBAN in electronic form, or the bank's other identification as it stands; '' where there is none. */
  readonly account: string
  readonly currency: CurrencyCode | undefined
  readonly createdAt: string
  readonly from: string
  readonly to: string
}

/** A stated balance. A debit balance is negative. `kind` is the bank's code: OPBD, PRCD, CLBD, ITBD, OPAV, CLAV, FWAV, ... */
export type Balance = { readonly kind: string; readonly amount: Amount; readonly on: string; readonly isInterim: boolean }

/**
 * One payment of a statement: a transaction of an entry, or the entry itself where it names none. Texts are as the bank gave them ('' where
 * it gave none); days are "2026-11-22".
 */
export type StatementLine = {
  readonly statement: number
  readonly account: string
  /** Entries count from 1 in their statement, lines from 1 in their entry. */
  readonly entry: number
  readonly line: number
  /** Never negative: the direction says whether it came or went. Undefined where it could not be read. */
  readonly amount: Amount | undefined
  readonly direction: Direction | undefined
  readonly status: EntryStatus
  readonly isReversal: boolean
  readonly isReturn: boolean
  readonly bookedOn: string
  readonly valueOn: string
  /** The bank's own reference of the entry (AcctSvcrRef), and of this transaction where it has another. */
  readonly bankReference: string
  readonly lineBankReference: string
  readonly entryReference: string
  readonly endToEndId: string
  readonly transactionCode: string
  readonly structuredReferences: readonly string[]
  /** What the payer wrote, line by line. */
  readonly remittance: readonly string[]
  /** What the bank wrote about the transaction, else about the entry. */
  readonly bankWords: string
  readonly debtorName: string
  readonly debtorAccount: string
  readonly ultimateDebtorName: string
  /** Every valid ISO 11649 reference that the payer may have meant, to be matched against known ones. */
  readonly references: readonly CreditorReference[]
  /** The same for the same booked payment in any other file: see `identity.ts`. '' where nothing is booked yet. */
  readonly identity: string
  /** In the order of the table; empty where nothing speaks against crediting the line, if its statement can be trusted. */
  readonly problems: readonly LineProblem[]
}

/** Opening + booked = closing in one currency, or the parts of it that are known. */
export type CurrencyTotal = {
  readonly currency: CurrencyCode
  readonly opening: Amount | undefined
  readonly booked: Amount
  readonly closing: Amount | undefined
}

/** What is known at the end of a statement. With any problem, none of its lines may be credited. */
export type StatementVerdict = {
  readonly statement: number
  readonly entries: number
  readonly bookedEntries: number
  readonly lines: number
  readonly balances: readonly Balance[]
  readonly totals: readonly CurrencyTotal[]
  readonly problems: readonly StatementProblem[]
}

export type FileVerdict =
  | { readonly ok: true; readonly format: string; readonly statements: number; readonly lines: number }
  | { readonly ok: false; readonly problem: FileProblem }

/** Hears a file as it is read. Nothing that it hears is final before `end()` has said that the whole file is good. */
export type StatementSink = {
  readonly opened: (header: StatementHeader) => void
  readonly line: (line: StatementLine) => void
  readonly closed: (verdict: StatementVerdict) => void
}

/**
 * Reads one file piece by piece. `write` returns the problem as soon as the file is refused (writing more changes nothing).
 * `end` gives the verdict over the whole file.
 */
export type BankFileReader<Piece> = {
  readonly write: (piece: Piece) => FileProblem | undefined
  readonly end: () => FileVerdict
}

/** Claims that a line may be credited, as far as the file can tell: booked, in, with a reference, in a statement that adds up. */
export const isCreditable = (
  line: StatementLine,
  verdict: StatementVerdict,
): line is StatementLine & { readonly amount: Amount; readonly direction: 'credit'; readonly status: 'booked' } =>
  line.statement === verdict.statement && verdict.problems.length === 0 && line.problems.length === 0
