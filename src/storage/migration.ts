import { Fault } from '#core/failure/faults.ts'

/** One step forward of a schema. There is no way back: a database of a newer build is refused instead. */
export type Migration = {
  /** Within its name's family, from 1. */
  readonly version: number
  /** Unique together with the version, such as `ledger`. */
  readonly name: string
  readonly sql: string
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

/**
 * Throws the fault database_newer where the database holds a migration that this build does not know.
 * @returns what is still to apply, in the order of the list.
 */
export function stillToApply(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const known = new Set(migrations.map(keyOf))
  if (known.size !== migrations.length) throw new Error('two migrations have the same name and version')
  const done = new Set(applied.map(keyOf))
  const unknown = [...done].filter(key => !known.has(key))
  if (unknown.length > 0) throw new Fault('database_newer', { cause: new Error(`unknown migrations: ${unknown.join(', ')}`) })
  return migrations.filter(migration => !done.has(keyOf(migration)))
}
