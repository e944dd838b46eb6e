import type { CurrencyCode } from '../money/currencies/index.ts'
import type { StatementJob, StatementProofRow } from '../wallet/store.ts'

/** What stands on a statement beside its lines. The proof is made before the first line is written and checked again after the last. */
export type Statement = Pick<StatementJob, 'from' | 'until' | 'holder' | 'madeAt' | 'timeZone' | 'locale'> & {
  readonly proof: readonly StatementProofRow[]
}

/** One leg on one of the holder's accounts, in the order of the book: only money that moved. Amounts in smallest units. */
export type StatementLine = {
  /** The movement's id. */
  readonly id: string
  readonly at: number
  readonly kind: 'top_up' | 'payment' | 'fee' | 'reversal'
  readonly title: string
  readonly reference: string
  readonly currency: CurrencyCode
  readonly minor: bigint
  readonly feeMinor: bigint
  /** The account's balance once this line stands. */
  readonly afterMinor: bigint
}

/** Each call gives text to append; `line` is called for each line in order, so that a statement of any length needs no memory. */
export type StatementWriter = { begin(): string; line(line: StatementLine): string; end(): string }

/** A file format for statements: pure, one file and one line in `index.ts`. */
export type ExportFormat = {
  /** Without the dot. */
  readonly extension: string
  readonly mediaType: string
  writer(statement: Statement): StatementWriter
}
