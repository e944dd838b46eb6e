/** In the order in which their rows are locked and written: what others refer to comes first. */
const tables = [
  'holder',
  'account_safety',
  'device',
  'session',
  'command',
  'shop_order',
  'payment',
  'payment_limit',
  'limit_use',
  'risk_use',
  'risk_profile',
  'risk_difference',
  'ledger_account',
  'ledger_journal',
  'ledger_leg',
  'ledger_hold',
  'feed_head',
  'feed_row',
] as const
export type Table = (typeof tables)[number]

const ranks = new Map<Table, number>(tables.map((table, rank) => [table, rank]))
export const rankOf = ({ table }: { readonly table: Table }): number => ranks.get(table) ?? tables.length

/** The one character that PostgreSQL cannot keep in a text; its picture (U+2400) stands for it, wherever it is written or looked for. */
export const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\u2400') : text)

/** A question by key, for many keys at once. */
export type Lookup<Row> = {
  readonly table: Table
  /** Takes a list for each part of the key (`= ANY ($1)`) and gives the rows of all of them in the order of their keys. */
  readonly sql: string
  readonly keyOf: (row: Row) => readonly string[]
  /** Where the transaction may write, the rows stay as they are until its end. */
  readonly isLocked?: boolean
  /** Of several works in one transaction, one at a time has this key. */
  readonly isOwned?: boolean
  /** What was put is known without asking: it need not be written first. */
  readonly isRemembered?: boolean
}

/** A statement that writes many rows: it takes a list for each column. */
export type Write = {
  readonly table: Table
  readonly sql: string
  /** A row that was put again before it was written takes the place of the one before; else that is a bug. */
  readonly isRenewed?: boolean
  /** Each row must change one. */
  readonly changesEach?: boolean
}

const list = (type: string, n: number): string => `CAST($${n + 1} AS ${type}[])`

/** Rows made of a list for each column, for a statement that writes many: `types` of the columns, in their order. */
export const rowsOf = (...types: readonly string[]): string => `unnest(${types.map(list).join(', ')})`

/** Inserts many rows in their order. `names`: the columns, as in the table. */
export const insertInto = (table: Table, names: string, ...types: readonly string[]): Write => ({
  table,
  sql: `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${rowsOf(...types)} AS fresh (${names})`,
})

/** Some works that shared a transaction threw, so that all of it was undone: by their place among them. */
export class WorksThrew extends Error {
  readonly places: ReadonlySet<number>
  constructor(places: ReadonlySet<number>, cause: unknown) {
    super('works that shared a transaction threw', { cause })
    this.places = places
  }
}
