import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'
import type { SqlValue } from './connection.ts'
import { createGathering, type Gathering } from './gathering.ts'
import { textList } from './textList.ts'
import { withoutNul } from './together.ts'

/** A statement is parsed once a connection; its name there is short, and the same on all. */
const names = new Map<string, string>()

function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const fresh = `okpay_${names.size}`
  names.set(sql, fresh)
  return fresh
}

const singleAsText = (value: Exclude<SqlValue, readonly unknown[]>): string | number | null => {
  if (typeof value === 'string') return withoutNul(value)
  return typeof value === 'bigint' ? String(value) : value
}
type Single = Parameters<typeof singleAsText>[0]
const isTexts = (list: readonly Single[]): list is readonly (string | null)[] =>
  list.some(one => typeof one === 'string') && list.every(one => one === null || typeof one === 'string')

/** A list that has a text in it is one of texts: amounts and counters come as numbers. */
function asParameter(value: SqlValue) {
  if (typeof value !== 'object' || value === null) return singleAsText(value)
  return isTexts(value) ? textList(value.map(text => text && withoutNul(text))) : value.map(singleAsText)
}

/** Where the client writes to; its types do not tell. */
type Wire = { readonly connection?: { readonly stream?: Writable } }

/** What is said in one turn leaves as one packet: a call of the system for each statement costs as much as making it. */
function createPacking(client: PoolClient): () => void {
  const stream = (client as Wire).connection?.stream
  let isOpen = false
  return () => {
    if (isOpen || !stream) return
    isOpen = true
    stream.cork()
    process.nextTick(() => {
      isOpen = false
      stream.uncork()
    })
  }
}

/** The statements of one transaction on this connection; `flush` writes what was put and not yet written. Nothing runs after the end. */
export function transactionOn(client: PoolClient, isWriting: boolean): Pick<Gathering, 'transaction' | 'flush' | 'end'> {
  const pack = createPacking(client)
  const query = (sql: string, values: readonly SqlValue[]) => {
    pack()
    return client
      .query({ name: nameOf(sql), text: sql, values: values.map(asParameter) })
      .then(({ rows, rowCount }) => ({ rows, changed: rowCount ?? 0 }))
  }
  return createGathering({ query, exec: async sql => void (await client.query(sql)), isWriting })
}
