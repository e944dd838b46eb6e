import type { SqlValue, Transaction } from './connection.ts'
import { createOwners, type Owner } from './owners.ts'
import { type Lookup, rankOf, WorksThrew, type Write, withoutNul } from './together.ts'

/** What a connection can do. */
type Line = {
  query(sql: string, values: readonly SqlValue[]): Promise<{ readonly rows: readonly unknown[]; readonly changed: number }>
  exec(sql: string): Promise<void>
  readonly isWriting: boolean
}

export type Gathering = { readonly transaction: Transaction; flush(): Promise<void>; end(): void }

type Key = readonly string[]
type Asked = {
  readonly key: Key
  readonly answer: Promise<readonly unknown[]>
  resolve(rows: readonly unknown[]): void
  reject(error: unknown): void
}
type Row = readonly (string | number | bigint | null)[]

const allOfThem = Number.POSITIVE_INFINITY

const nameOf = (key: Key): string => withoutNul(key.join('\n'))

function asked(key: Key): Asked {
  let settle: Pick<Asked, 'resolve' | 'reject'> | undefined
  const answer = new Promise<readonly unknown[]>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { key, answer, resolve: rows => settle?.resolve(rows), reject: error => settle?.reject(error) }
}

/** Row by row becomes list by list. */
const byColumn = (rows: readonly Row[]): Row[] => (rows[0] ?? []).map((_, column) => rows.map(row => row[column] ?? null))

/**
 * One transaction whose works are gathered: what they look for is asked when none of them can go on, in one statement for each kind of question, and
 * what they put is written in one statement for each kind of row.
 */
export function createGathering({ isWriting, ...client }: Line): Gathering {
  let line: Promise<unknown> = Promise.resolve()
  let isOver = false
  let failure: { readonly error: unknown } | undefined
  let isStepDue = false
  let questions = new Map<Lookup<never>, Map<string, Asked>>()
  const waiting = new Map<Write, Map<string, Row>>()
  const memory = new Map<object, unknown>()
  const owners = createOwners()

  const inLine = <T>(work: () => Promise<T>): Promise<T> => {
    const next = line.then(() => {
      if (isOver) throw new Error('the transaction is over')
      return work()
    })
    line = next.catch(() => undefined)
    return next
  }
  /** What follows a statement that failed fails for that alone: all of it is told of the first. */
  const fail = (error: unknown): never => {
    failure ??= { error }
    throw failure.error
  }
  const query: Line['query'] = (sql, values) => client.query(sql, values).catch(fail)
  const exec: Line['exec'] = sql => client.exec(sql).catch(fail)
  const writeRows = async (write: Write): Promise<void> => {
    const rows = [...(waiting.get(write)?.values() ?? [])]
    waiting.delete(write)
    if (rows.length === 0) return
    const { changed } = await query(write.sql, byColumn(rows))
    if (write.changesEach && changed !== rows.length)
      fail(new Error(`${rows.length - changed} rows of ${write.table} could not be changed`))
  }
  /** In one order, whoever put what first: so that what a row refers to is there, and two transactions meet in one direction. */
  const writeAll = async (upTo: number): Promise<void> => {
    const due = [...waiting.keys()].filter(write => rankOf(write) <= upTo).sort((a, b) => rankOf(a) - rankOf(b))
    await Promise.all(due.map(writeRows))
  }
  /** Both are sent at once, and done in this order. */
  const afterWriting = async <T>(upTo: number, work: () => Promise<T>): Promise<T> => {
    const [, answer] = await Promise.all([writeAll(upTo), work()])
    return answer
  }
  const isTableWaiting = ({ table }: Lookup<never>): boolean => [...waiting.keys()].some(write => write.table === table)

  const ask = async (lookup: Lookup<never>, keys: ReadonlyMap<string, Asked>): Promise<void> => {
    const isToSee = lookup.isRemembered !== true && isTableWaiting(lookup)
    const sql = lookup.isLocked === true && isWriting ? `${lookup.sql} FOR UPDATE` : lookup.sql
    const { rows } = await afterWriting(isToSee ? rankOf(lookup) : -1, () => query(sql, byColumn([...keys.values()].map(({ key }) => key))))
    const found = new Map<string, unknown[]>()
    for (const row of rows as never[]) {
      const name = nameOf(lookup.keyOf(row))
      const those = found.get(name)
      if (those) those.push(row)
      else found.set(name, [row])
    }
    for (const [name, { resolve }] of keys) resolve(found.get(name) ?? [])
  }
  const askAll = async (): Promise<void> => {
    isStepDue = false
    const due = questions
    questions = new Map()
    const all = [...due].sort(([a], [b]) => rankOf(a) - rankOf(b))
    try {
      await inLine(async () => {
        await Promise.all(all.map(([lookup, keys]) => ask(lookup, keys)))
      })
    } catch (error) {
      for (const [, keys] of all) for (const { reject } of keys.values()) reject(error)
    }
  }
  const look = (lookup: Lookup<never>, key: Key): Promise<readonly unknown[]> => {
    const those = questions.get(lookup) ?? new Map<string, Asked>()
    questions.set(lookup, those)
    const name = nameOf(key)
    const one = those.get(name) ?? asked(key)
    those.set(name, one)
    // A turn of the event loop: until then every work that can go on has gone on.
    if (!isStepDue) setImmediate(() => void askAll())
    isStepDue = true
    return one.answer
  }
  const atOnce = (sql: string, values: readonly SqlValue[]) => inLine(() => afterWriting(allOfThem, () => query(sql, values)))

  const put = (write: Write, key: string, values: Row): void => {
    if (isOver) throw new Error('the transaction is over')
    const rows = waiting.get(write) ?? new Map<string, Row>()
    if (rows.has(key) && write.isRenewed !== true) throw new Error(`a row of ${write.table} was put twice`)
    waiting.set(write, rows.set(key, values))
  }
  const shared = <T>(name: object, make: () => T): T => {
    if (!memory.has(name)) memory.set(name, make())
    return memory.get(name) as T
  }

  const transactionOf = (own: Owner): Transaction => {
    const select = async (sql: string, values: readonly SqlValue[]) => {
      if (isWriting && sql.endsWith(' FOR UPDATE')) await owners.take(own, nameOf([sql, ...values.map(String)]))
      return (await atOnce(sql, values)).rows
    }
    const transaction: Transaction = {
      forUpdate: isWriting ? ' FOR UPDATE' : '',
      all: async <T>(sql: string, ...values: readonly SqlValue[]) => [...(await select(sql, values))] as T[],
      get: async <T>(sql: string, ...values: readonly SqlValue[]) => (await select(sql, values))[0] as T | undefined,
      run: async (sql, ...values) => (await atOnce(sql, values)).changed,
      exec: sql => inLine(() => afterWriting(allOfThem, () => exec(sql))),
      look: async <T>(lookup: Lookup<T>, ...key: Key) => {
        if (isWriting && lookup.isOwned === true) await owners.take(own, nameOf([lookup.sql, ...key]))
        return (await look(lookup as Lookup<never>, key)) as readonly T[]
      },
      put: (write, key, ...values) => put(write, key, values),
      isPut: (write, key) => waiting.get(write)?.has(key) === true,
      shared,
      together: async works => {
        const [only] = works
        if (works.length === 1 && only) return [await only(transaction)]
        const settled = await Promise.allSettled(works.map(work => owners.during(each => work(transactionOf(each)))))
        if (failure) throw failure.error
        const values = settled.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
        if (values.length === works.length) return values
        const places = settled.flatMap(({ status }, place) => (status === 'rejected' ? [place] : []))
        throw new WorksThrew(new Set(places), settled.find(one => one.status === 'rejected')?.reason)
      },
    }
    return transaction
  }
  return {
    transaction: transactionOf(owners.first),
    // Where a statement has failed there is nothing more to write: its end says so.
    flush: () => inLine(async () => (failure ? undefined : writeAll(allOfThem))),
    end: () => {
      isOver = true
    },
  }
}
