import type { Instant } from '#core/ledger/command.ts'

/** What keeps a holder's account safe beside the password; where there is no row nothing was turned on. */
export type SafetyRecord = {
  readonly holderId: string
  /** The secret of the authenticator app, sealed by the service's key. */
  readonly appSecret: string | null
  /** Null where the secret waits for its first code. */
  readonly appSince: Instant | null
  /** The time step of the last code that was taken. */
  readonly appStep: number
  readonly mailSince: Instant | null
  /** Above which worth a payment asks for a code, in euro cents. */
  readonly lineMinor: number
  /** Null: at the registration. */
  readonly passwordChangedAt: Instant | null
  /** Stands in each mail to the holder; null where none was chosen. */
  readonly mailPhrase: string | null
}

export interface SafetyRecords {
  /** In a write nobody else changes it meanwhile. */
  find(holderId: string): Promise<SafetyRecord | undefined>
  save(record: SafetyRecord): Promise<void>
}

export interface RecoveryCodes {
  /** Ten new ones, as PHC strings of Argon2id; the old ones are gone. */
  renew(holderId: string, hashes: readonly string[]): Promise<void>
  unused(holderId: string): Promise<readonly { readonly n: number; readonly hash: string }[]>
  /** False where it was used already. */
  use(holderId: string, n: number, at: Instant): Promise<boolean>
  clear(holderId: string): Promise<void>
}

/** A question for the second factor. Its id is kept as its hash alone. */
export type ChallengeRecord = {
  readonly idHash: string
  readonly holderId: string
  /** What the answer does: signs the device of `content` in, or approves the act that `content` names (canonical JSON). */
  readonly kind: 'sign_in' | 'act'
  readonly content: string
  /** Of the command that it approves; null for all others. */
  readonly commandId: string | null
  /** Separated by blanks, the strongest first. */
  readonly ways: string
  /** PHC string of Argon2id of the code that went by mail; null where none did. */
  readonly codeHash: string | null
  readonly codeSentAt: Instant | null
  readonly triesLeft: number
  readonly begunAt: Instant
  readonly expiresAt: Instant
  readonly provedAt: Instant | null
  readonly usedAt: Instant | null
}

export interface Challenges {
  add(challenge: ChallengeRecord): Promise<void>
  /** In a write nobody else changes it meanwhile. */
  find(idHash: string): Promise<ChallengeRecord | undefined>
  /** Of this holder, those that are proved and not used yet. */
  provedFor(holderId: string, commandId: string): Promise<readonly ChallengeRecord[]>
  save(challenge: ChallengeRecord): Promise<void>
  /** Deletes those begun before. */
  forget(before: Instant): Promise<void>
}

/** A new password for who has forgotten the old one. */
export type PasswordReset = {
  readonly id: string
  readonly emailKey: string
  /** Null where the e-mail has no account: then no code fits. */
  readonly holderId: string | null
  readonly codeHash: string | null
  readonly codeExpiresAt: Instant
  readonly triesLeft: number
  readonly startedAt: Instant
  /** The new password, as it is hashed, and from when on it holds; null until both are known. */
  readonly passwordHash: string | null
  readonly holdsFrom: Instant | null
  /** It holds, or was stopped. */
  readonly endedAt: Instant | null
}

export interface PasswordResets {
  add(reset: PasswordReset): Promise<void>
  find(id: string): Promise<PasswordReset | undefined>
  save(reset: PasswordReset): Promise<void>
  /** The one that waits to hold, if any. */
  waiting(holderId: string): Promise<PasswordReset | undefined>
  /** How many were started for this e-mail since `since`, and when the first and the last one were. */
  startedFor(
    emailKey: string,
    since: Instant,
  ): Promise<{ readonly count: number; readonly firstAt: Instant | null; readonly lastAt: Instant | null }>
  /** Deletes those started before, but for those that wait. */
  forget(before: Instant): Promise<void>
}

export type SafetyRepositories = {
  readonly safety: SafetyRecords
  readonly recoveryCodes: RecoveryCodes
  readonly challenges: Challenges
  readonly passwordResets: PasswordResets
}
