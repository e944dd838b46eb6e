import type { ContactKind } from '#core/account/contactDetails.ts'
import type { Instant } from '#core/ledger/command.ts'

/** The telephone number (E.164) or the postal address (canonical JSON) of a holder; the e-mail stands with the holder. */
export type ContactDetail = { readonly holderId: string; readonly kind: Exclude<ContactKind, 'email'>; readonly value: string }

/** One of them that is to become another, or has. Addresses are canonical JSON. */
export type ContactChange = {
  readonly id: string
  readonly holderId: string
  /** The device that asked for it. */
  readonly deviceId: string
  readonly kind: ContactKind
  /** Null where there was none. */
  readonly before: string | null
  readonly after: string
  /** By which accounts are told apart; null where it is no e-mail. */
  readonly keyBefore: string | null
  readonly keyAfter: string | null
  /** PHC string of Argon2id; null where no code fits. */
  readonly codeHash: string | null
  readonly codeExpiresAt: Instant
  readonly triesLeft: number
  readonly startedAt: Instant
  readonly doneAt: Instant | null
  /** Of the token that takes it back; null before it is done. */
  readonly undoHash: string | null
  readonly undoUntil: Instant | null
  readonly undoneAt: Instant | null
}

export interface ContactDetails {
  of(holderId: string): Promise<readonly ContactDetail[]>
  save(detail: ContactDetail): Promise<void>
  remove(holderId: string, kind: ContactDetail['kind']): Promise<void>
}

export interface ContactChanges {
  add(change: ContactChange): Promise<void>
  /** In a write nobody else changes it meanwhile. */
  find(id: string): Promise<ContactChange | undefined>
  findByUndo(undoHash: string): Promise<ContactChange | undefined>
  save(change: ContactChange): Promise<void>
  /** Of a holder, those begun since, oldest first. */
  since(holderId: string, at: Instant): Promise<readonly ContactChange[]>
  /** Whether an e-mail may still go back to the account that it was of, where that is not the one of `besides`. */
  isReserved(emailKey: string, now: Instant, besides: string): Promise<boolean>
}

export type ContactRepositories = { readonly contactDetails: ContactDetails; readonly contactChanges: ContactChanges }
