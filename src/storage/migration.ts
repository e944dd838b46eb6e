import { Fault, type FaultCode } from '#core/failure/faults.ts'

/** One step forward of a schema. There is no way back: a database of a newer build is refused instead. */
export type Migration = {
  /** Within its name's family, from 1. */
  readonly version: number
  /** Unique together with the version, such as `ledger`. */
  readonly name: string
  readonly sql: string
  /** A database that has no triggers does without it: it refuses more, and nothing is read or written otherwise. */
  readonly needsTriggers?: true
}

/** What a database notes of a migration once it is applied. */
export type Applied = Pick<Migration, 'version' | 'name'>

/** A database of an earlier build was to be read as it is; where `isEmpty`, one with nothing of this schema in it. */
export class OlderSchema extends Error {
  readonly isEmpty: boolean
  constructor(todo: readonly Migration[], all: readonly Migration[]) {
    super(`it waits for ${todo.length} of ${all.length} migrations`)
    this.name = 'OlderSchema'
    this.isEmpty = todo.length === all.length
  }
}

const keyOf = ({ version, name }: Applied): string => `${name} ${version}`

/** Names of the tables of builds before 0.1.0, which other tables took the place of: there is no way from those to these. */
const retired: ReadonlySet<string> = new Set(['ledger-book', 'wallet-tables'])

/** Stands in a database while it is filled from another one: no build opens it, this one says why. */
export const unfinishedMove: Migration = { version: 1, name: 'unfinished-move', sql: '' }

function faultOf(unknown: readonly Applied[]): FaultCode {
  if (unknown.some(({ name }) => name === unfinishedMove.name)) return 'database_unfinished'
  return unknown.some(({ name }) => retired.has(name)) ? 'database_too_old' : 'database_newer'
}

/**
 * Faults where the database holds a migration that this build does not know: database_newer; database_too_old for one that stands no more;
 * database_unfinished where it was being filled from another.
 * @returns what is still to apply, in the order of the list.
 */
export function stillToApply(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const known = new Set(migrations.map(keyOf))
  if (known.size !== migrations.length) throw new Error('two migrations have the same name and version')
  const done = new Set(applied.map(keyOf))
  const unknown = applied.filter(one => !known.has(keyOf(one)))
  if (unknown.length > 0) throw new Fault(faultOf(unknown), { cause: new Error(`unknown migrations: ${unknown.map(keyOf).join(', ')}`) })
  return migrations.filter(migration => !done.has(keyOf(migration)))
}
