import type { PoolClient } from 'pg'

/** Amounts and counters may be bigints; lists are arrays of PostgreSQL, for `= ANY ($1)`. */
export type SqlValue = string | number | bigint | null | readonly string[] | readonly bigint[]

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
}

/** A statement is parsed once a connection; its name there is short, and the same on all. */
const names = new Map<string, string>()

function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const fresh = `okpay_${names.size}`
  names.set(sql, fresh)
  return fresh
}

/** The one character that PostgreSQL cannot keep in a text; its picture (U+2400) stands for it, wherever it is written or looked for. */
const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\u2400') : text)

const asText = (value: SqlValue): string | number | null | string[] => {
  if (typeof value === 'string') return withoutNul(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'object' && value !== null ? [...value].map(one => withoutNul(String(one))) : value
}

/** The statements of one transaction on this connection, and what closes it: nothing runs after the end. */
export function transactionOn(client: PoolClient, isWriting: boolean): { readonly transaction: Transaction; end(): void } {
  let line: Promise<unknown> = Promise.resolve()
  let isOver = false
  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const next = line.then(() => {
      if (isOver) throw new Error('the transaction is over')
      return work()
    })
    line = next.catch(() => undefined)
    return next
  }
  const query = (sql: string, values: readonly SqlValue[]) =>
    inLine(() => client.query({ name: nameOf(sql), text: sql, values: values.map(asText) }))
  const transaction: Transaction = {
    forUpdate: isWriting ? ' FOR UPDATE' : '',
    all: async (sql, ...values) => (await query(sql, values)).rows,
    get: async (sql, ...values) => (await query(sql, values)).rows[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    exec: async sql => void (await inLine(() => client.query(sql))),
  }
  return {
    transaction,
    end: () => {
      isOver = true
    },
  }
}
