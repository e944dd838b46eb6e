import type { Instant } from '../ledger/command.ts'
import type { Register, Writing } from './register.ts'
import type { Correction } from './stamp.ts'

/** How often a label stands on a movement that is here. */
export type LabelCount = { readonly label: string; readonly count: number }

/**
 * What a person wrote, in the wallet's own encrypted book. A register is unsent from when it was written here until the service holds it (or a later one).
 * Every write is one durable transaction. Faults as `WalletStore`.
 */
export interface PersonalStore {
  registersOf(subject: string): Promise<readonly Register[]>
  /** Of all contacts. */
  contactRegisters(): Promise<readonly Register[]>
  /** Of what something is still unsent. */
  unsentSubjects(): Promise<readonly string[]>
  /** At most so many, in the order in which they were written. */
  unsentRegisters(limit: number): Promise<readonly Register[]>
  /**
   * Writes all of it with one stamp, later than everything that is here; `now` is the device's best knowledge of the service's time. What stands already is not
   * written again. False where there is no room for more: nothing was written.
   */
  writeRegisters(writings: readonly Writing[], now: Instant, device: string): Promise<boolean>
  /** Merges what the service holds. `cursor`: what it changed after that row of the feed is still to be asked for. @returns whether anything is different now. */
  takeRegisters(registers: readonly Register[], cursor: number | null): Promise<boolean>
  personalCursor(): Promise<number>
  /** Dates everything unsent anew, and keeps how far the service's clock is ahead of this computer's. */
  correctStamps(correction: Correction, offsetMs: number): Promise<void>
  /** How far the service's clock is ahead of this computer's, as found last; 0 where it was not yet. */
  clockOffset(): Promise<number>
  /** Labels of the movements that are here, the frequent ones first. */
  labels(): Promise<readonly LabelCount[]>
  /** The labels of each of these movements that has some. */
  labelsOf(movements: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>>
}
