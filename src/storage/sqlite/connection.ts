export type SqlValue = string | number | bigint | Uint8Array | null

/** A prepared statement whose rows are `Row`; the one who prepares it answers for that type. */
export type Statement<Row> = {
  run(...values: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
  get(...values: readonly SqlValue[]): Row | undefined
  all(...values: readonly SqlValue[]): Row[]
  iterate(...values: readonly SqlValue[]): IterableIterator<Row>
}

export type Database = {
  readonly path: string
  readonly isOpen: () => boolean
  readonly inTransaction: () => boolean
  /**
   * The same number as before while all that this connection read and wrote meanwhile still stands: another once another connection has committed, a
   * statement failed or anything was undone, or SQL was run that was not prepared. Asked inside a transaction.
   */
  mark(): number
  /** Prepared once per text. `bigints`: every integer of a row comes as a bigint. `arrays`: a row is an array of its columns. */
  prepare<Row = Record<string, unknown>>(sql: string, shape?: { readonly bigints?: boolean; readonly arrays?: boolean }): Statement<Row>
  exec(sql: string): void
  /** BEGIN IMMEDIATE .. COMMIT around synchronous work; inside a transaction it joins that one. */
  transaction<T>(work: () => T): T
  close(): void
}
