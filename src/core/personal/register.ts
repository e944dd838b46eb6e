import { compareStamps, type Stamp } from './stamp.ts'

/** Where a value stands: `movement:<id>` or `contact:<id>`, and the field of it. */
export type Place = { readonly subject: string; readonly field: string }

/** A value and when it was written. Null: what stood there was taken away. */
export type Register = Place & { readonly value: string | null; readonly stamp: Stamp }

/** What is to be written; its stamp is given where it is kept. */
export type Writing = Place & { readonly value: string | null }

/** How many registers of one person are kept, those that are empty by now too: their stamps keep older values from coming back. */
export const mostRegisters = 50_000

/**
 * Below zero where `a` gives way to `b`: the later stamp stands. The same stamp with two values is made by no honest device; the values then decide, so that all
 * devices still agree.
 */
export function compareRegisters(a: Register, b: Register): number {
  const byStamp = compareStamps(a.stamp, b.stamp)
  if (byStamp !== 0 || a.value === b.value) return byStamp
  if (a.value === null || b.value === null) return a.value === null ? -1 : 1
  return a.value < b.value ? -1 : 1
}

/** What one knows, by place. */
export type Registers = ReadonlyMap<string, Register>

/** One name for a place: a subject holds no blank. */
export const placeOf = ({ subject, field }: Place): string => `${subject} ${field}`

/** Registers by their places. */
export const byPlace = (registers: Iterable<Register>): Registers => new Map([...registers].map(register => [placeOf(register), register]))

/** What those know together who know these. Commutative, associative and idempotent. */
export function merge(known: Registers, told: Iterable<Register>): Registers {
  const merged = new Map(known)
  for (const register of told) {
    const place = placeOf(register)
    const before = merged.get(place)
    if (!before || compareRegisters(before, register) < 0) merged.set(place, register)
  }
  return merged
}
