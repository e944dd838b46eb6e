import type { Lookup, Write } from './together.ts'

type Single = string | number | bigint | null
/** Amounts and counters may be bigints; lists are arrays of PostgreSQL, for `= ANY ($1)` and `unnest`, and of TEXT where a string is in them. */
export type SqlValue = Single | readonly Single[]

/** One transaction on one connection. Its statements run one after another, also where they were not awaited. */
export type Transaction = {
  /** Ends a SELECT: where the transaction may write, what it read stays as it is until its end. */
  readonly forUpdate: '' | ' FOR UPDATE'
  /** The rows are `Row`; who writes the statement answers for that type. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): Promise<Row[]>
  get<Row>(sql: string, ...values: readonly SqlValue[]): Promise<Row | undefined>
  /** @returns how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): Promise<number>
  /** Several statements without values. */
  exec(sql: string): Promise<void>
  /** The rows of a key, asked for in one statement with what all works of this transaction look for at that moment. */
  look<Row>(lookup: Lookup<Row>, ...key: readonly string[]): Promise<readonly Row[]>
  /** A row that is written with others of its kind: before anything of its table is asked for, and at the end. Its failure is the transaction's. */
  put(write: Write, key: string, ...values: readonly Single[]): void
  /** Whether such a row waits to be written. */
  isPut(write: Write, key: string): boolean
  /** What all works of this transaction share while it lasts, such as the accounts that it has locked. */
  shared<T>(name: object, make: () => T): T
  /**
   * Runs works side by side in this transaction. What one of them keeps for itself (`Lookup.isOwned`, a row by FOR UPDATE) another waits for until the
   * first one is done, and then sees as that left it. Throws `WorksThrew` where some of several threw, and what a single one threw.
   */
  together<T>(works: readonly ((tx: Transaction) => Promise<T>)[]): Promise<readonly T[]>
}
