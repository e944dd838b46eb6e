/** What a column holds where it is neither a sum nor of the ledger. */
export type Stored = string | number | null

/** The columns of a table by the fields of what stands in its rows: the one place where the two meet, for each store's statements. */
export type Columns<Row> = {
  /** As the table names them: for INSERT. */
  readonly names: string
  /** Under the names of the fields: for SELECT and RETURNING. */
  readonly shown: string
  /** One for each, as SQLite marks values (`?`) and as PostgreSQL numbers them (`$1`). */
  readonly marks: string
  readonly places: string
  /** For ON CONFLICT DO UPDATE SET: all of them anew. */
  readonly renewed: string
  /** In the order of `names`. */
  values(row: Row): readonly Stored[]
}

/** The columns in the order in which they are named here. */
export function columnsOf<Row extends Readonly<Record<string, Stored>>>(
  names: {
    readonly [Field in keyof Row & string]: string
  },
): Columns<Row> {
  const columns = Object.entries<string>(names)
  const each = (text: (column: string, field: string, index: number) => string): string =>
    columns.map(([field, column], index) => text(column, field, index)).join(', ')
  return {
    names: each(column => column),
    shown: each((column, field) => (column === field ? column : `${column} AS "${field}"`)),
    marks: each(() => '?'),
    places: each((_column, _field, index) => `$${index + 1}`),
    renewed: each(column => `${column} = excluded.${column}`),
    values: row => columns.map(([field]) => row[field] ?? null),
  }
}
