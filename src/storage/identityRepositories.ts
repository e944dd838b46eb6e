import type { StepState } from '#core/identity/step.ts'
import type { IdentityStep } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'

/** A step of a holder's identity as it stands; where there is no row nothing was handed in. */
export type IdentityRecord = {
  readonly holderId: string
  readonly step: IdentityStep
  readonly revision: number
  readonly state: StepState['state']
  readonly at: Instant
  /** The last day on which it is good, while it is verified; null where it has none. */
  readonly endsOn: string | null
  /** What else belongs to the state, and what the person handed in last: both as JSON. */
  readonly detail: string
  readonly content: string
}

/** A file that a person added to a step: its pages as pictures, sealed. `address` is the SHA-256 of the pages, base64url. */
export type DocumentRecord = {
  readonly holderId: string
  readonly address: string
  readonly step: IdentityStep
  readonly pages: number
  /** What was added: a JPEG, PNG or PDF. */
  readonly kind: string
  readonly bytes: number
  readonly addedAt: Instant
  /** From when on it is deleted; null while the step that it was handed in for waits for its answer. */
  readonly keptUntil: Instant | null
  /** Whether it was handed in. */
  readonly state: 'added' | 'handed_in'
}

export interface Identities {
  steps(holderId: string): Promise<readonly IdentityRecord[]>
  save(record: IdentityRecord): Promise<void>
  /** In review, the longest waiting first, those behind `after`. */
  waiting(after: Pick<IdentityRecord, 'at' | 'holderId' | 'step'> | null, most: number): Promise<readonly IdentityRecord[]>
  /** Verified ones whose last day lies before this day. */
  ended(day: string, most: number): Promise<readonly IdentityRecord[]>
}

export interface Documents {
  /** Its sealed bytes in parts of a bounded length, in their order. */
  add(document: DocumentRecord, parts: readonly string[]): Promise<void>
  find(holderId: string, address: string): Promise<DocumentRecord | undefined>
  /** In the order in which they were added. */
  ofHolder(holderId: string): Promise<readonly DocumentRecord[]>
  parts(holderId: string, address: string): Promise<readonly string[]>
  /** Its state and until when it is kept. */
  change(document: Pick<DocumentRecord, 'holderId' | 'address' | 'state' | 'keptUntil'>): Promise<void>
  /** Deletes it with its bytes. */
  remove(holderId: string, address: string): Promise<void>
  /** Those that are kept until `now` or before. */
  overdue(now: Instant, most: number): Promise<readonly DocumentRecord[]>
}

export type IdentityRepositories = { readonly identities: Identities; readonly documents: Documents }
