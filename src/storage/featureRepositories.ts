import type { AuditEntry, AuditRow } from '#core/audit/acts.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Place, Register } from '#core/personal/register.ts'
import type { Stamp } from '#core/personal/stamp.ts'
import type { RootOfDay } from '#core/root/day.ts'
import type { Head } from '#core/root/tree.ts'
import type { TopUp } from '#core/topUp/topUp.ts'
import type { ContactRepositories } from './contactRepositories.ts'
import type { IdentityRepositories } from './identityRepositories.ts'
import type { LockRepositories } from './lockRepositories.ts'
import type { RiskRepositories } from './riskRepositories.ts'
import type { SafetyRepositories } from './safetyRepositories.ts'

/** Somebody who proves an e-mail and then makes an account. */
export type Registration = {
  readonly id: string
  readonly email: string
  readonly emailKey: string
  readonly locale: string
  /** PHC string of Argon2id; null where the e-mail has an account, so that no code fits. */
  readonly codeHash: string | null
  readonly codeExpiresAt: Instant
  readonly sentAt: Instant
  /** How many codes were sent. */
  readonly sent: number
  readonly triesLeft: number
  readonly startedAt: Instant
  readonly verifiedAt: Instant | null
  readonly completedAt: Instant | null
}

export interface Registrations {
  add(registration: Registration): Promise<void>
  find(id: string): Promise<Registration | undefined>
  save(registration: Registration): Promise<void>
  /** How many codes went to this e-mail in registrations started since `since`, and when the last one did. */
  sentTo(
    emailKey: string,
    since: Instant,
  ): Promise<{ readonly codes: number; readonly lastAt: Instant | null; readonly firstStartedAt: Instant | null }>
  /** Deletes the ones started before. */
  forget(before: Instant): Promise<void>
}

/** Wrong passwords in a row, by e-mail or by network address. */
export type SignInTries = { readonly key: string; readonly wrong: number; readonly lastAt: Instant }

export interface SignInCounts {
  find(key: string): Promise<SignInTries | undefined>
  save(tries: SignInTries): Promise<void>
  clear(key: string): Promise<void>
  /** Deletes those whose last try was before. */
  forget(before: Instant): Promise<void>
}

/** A mail on its way. Its text is deleted once it has left by SMTP or can no longer be of use. */
export type MailRecord = {
  readonly id: string
  /** Null where its address has no account. */
  readonly holderId: string | null
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly state: 'queued' | 'sent' | 'failed'
  readonly by: 'smtp' | 'sandbox_mailbox'
  readonly createdAt: Instant
  /** Not worth sending afterwards. */
  readonly goodUntil: Instant
  readonly tries: number
  readonly nextTryAt: Instant
  readonly sentAt: Instant | null
  /** What the last failed try ended with. */
  readonly problem: string | null
}

export interface Mails {
  add(mail: MailRecord): Promise<void>
  save(mail: MailRecord): Promise<void>
  /** Queued mails whose time has come, and takes them for `leaseMs`, so that nobody else sends them meanwhile. */
  claim(now: Instant, leaseMs: number, limit: number): Promise<readonly MailRecord[]>
  /** Makes due at `now` what is queued for later than `latest`: a clock that ran ahead put it off, and was set right. */
  bringForward(now: Instant, latest: Instant): Promise<void>
  /** When the next queued mail is due. */
  nextDueAt(): Promise<Instant | undefined>
  /** Queued mails that failed at least once, and those that were given up. */
  troubled(): Promise<{ readonly retried: number; readonly failed: number }>
  /** What the sandbox kept, newest first. */
  mailbox(limit: number): Promise<readonly MailRecord[]>
  /** What was written to a holder, and to their address before they had an account; newest first. */
  toHolder(holder: { readonly id: string; readonly email: string }, limit: number): Promise<readonly MailRecord[]>
  /** Deletes mails that left or failed before. */
  forget(before: Instant): Promise<void>
}

export interface TopUps {
  add(topUp: TopUp): Promise<void>
  find(id: string): Promise<TopUp | undefined>
  save(topUp: TopUp): Promise<void>
  hasReference(reference: string): Promise<boolean>
  /** The top-ups that these references name. */
  named(references: readonly string[]): Promise<readonly TopUp[]>
  /** Instructions that ended at `now` or before, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly TopUp[]>
}

/** One reading of a bank file. `refused` is the problem of the whole file; `finishedAt` is null while it runs or where it broke off. */
export type StatementImport = {
  readonly id: string
  readonly file: string
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
  readonly bytes: number
  /** Of the whole file, hexadecimal; '' until it was read to its end. */
  readonly sha256: string
  readonly refused: string | null
}

export type BankStatement = {
  readonly importId: string
  readonly number: number
  readonly statementId: string
  readonly account: string
  /** What makes all of its entries wait. */
  readonly problem: string | null
  readonly entries: number
}

/** What is kept of a line of a bank file. Texts are cut to what an operator needs to recognise it. */
export type BankLine = {
  readonly seq: number
  readonly statement: number
  /** SHA-256 of what the line is told apart by, base64url. */
  readonly identity: string
  readonly account: string
  /** A decimal, '' where it could not be read. */
  readonly amount: string
  readonly currency: string
  readonly isMoneyIn: boolean
  readonly bookedOn: string
  readonly valueOn: string
  readonly debtor: string
  readonly remittance: string
  readonly bankReference: string
  readonly references: readonly string[]
  /** The first problem that the line has by itself. */
  readonly problem: string | null
}

/** A bank entry as it stands in the book: once for each identity, whatever files it came in. */
export type BankEntry = Omit<BankLine, 'seq' | 'statement' | 'references' | 'isMoneyIn'> & {
  /** UUID version 7; the id of its posting where it was credited. */
  readonly id: string
  readonly importId: string
  readonly file: string
  readonly state: 'credited' | 'waiting'
  readonly topUpId: string | null
  readonly importedAt: Instant
}

export interface Statements {
  begin(run: StatementImport): Promise<void>
  finish(run: StatementImport): Promise<void>
  /** Keeps what was read of a file before anything of it counts. */
  stage(importId: string, lines: readonly BankLine[], statements: readonly BankStatement[]): Promise<void>
  /** Lines as they were read, in their order. */
  staged(importId: string, afterSeq: number, limit: number): Promise<readonly BankLine[]>
  unstage(importId: string): Promise<void>
  /** The staged lines of every import. */
  unstageAll(): Promise<void>
  statement(importId: string, number: number): Promise<BankStatement | undefined>
  statements(importId: string, limit: number): Promise<readonly BankStatement[]>
  entry(identity: string): Promise<BankEntry | undefined>
  addEntry(entry: BankEntry): Promise<void>
  saveEntry(entry: BankEntry): Promise<void>
  /** Deletes one waiting entry that told of this money before the bank had booked it. */
  dropPending(topUpId: string, amount: string, currency: string): Promise<void>
  /** Waiting entries with an id above `after`, oldest first. */
  waiting(after: string, limit: number): Promise<readonly BankEntry[]>
}

/** The root of a day, as it was signed. */
export type KeptRoot = RootOfDay & { readonly keyId: string; readonly signature: string }

/** A leaf of a tree that is being built or stands; `slot` is the first 16 bits of its place. */
export type RootLeaf = Head & { readonly slot: number }

/** Which leaves the tree of a root has, and the hashes of its parts by the first bits of their places, in order. */
export type RootTree = { readonly root: KeptRoot; readonly build: string; readonly parts: readonly string[] }

export interface Roots {
  /** False where the day has its root already: nothing was changed. */
  add(tree: RootTree): Promise<boolean>
  newest(): Promise<RootTree | undefined>
  newestDay(): Promise<string | undefined>
  /** Roots of this day and later ones, oldest first. */
  from(day: string, limit: number): Promise<readonly KeptRoot[]>
  /** Roots after this day with their trees, oldest first. */
  trees(after: string, limit: number): Promise<readonly RootTree[]>
  /** The link of the chain that the leg of this version added; undefined where there is none. */
  linkAt(account: string, version: number): Promise<string | undefined>
  /** The same root under the signature of another key. */
  signAnew(root: KeptRoot): Promise<void>
  /**
   * Where each account stood when `before` began: after its last leg that was recorded before. Accounts that were opened since stand at version 0.
   * Above the number `after`, in the order in which they were opened.
   */
  headsAt(before: Instant, after: number, limit: number): Promise<readonly (Head & { readonly n: number })[]>
  /** Keeps leaves for a tree of this day; several may be built at once, under a name of each. */
  keepLeaves(day: string, build: string, leaves: readonly RootLeaf[]): Promise<void>
  /** The leaves whose slot is in this half-open stretch. */
  leaves(day: string, build: string, from: number, until: number): Promise<readonly RootLeaf[]>
  /** Forgets leaves that no newest tree has: those of days before, and of this day's other builds. Answers how many, at most `limit`. */
  forgetLeaves(newest: { readonly day: string; readonly build: string }, limit: number): Promise<number>
}

/** A register and the row of the holder's feed that told of its last change. */
export type NumberedRegister = Register & { readonly n: number }

/** What people wrote on movements and of contacts: the newest of each register, and nothing older. */
export interface PersonalRegisters {
  find(holderId: string, places: readonly Place[]): Promise<readonly Register[]>
  /** Takes the place of what stood there. */
  save(holderId: string, registers: readonly NumberedRegister[]): Promise<void>
  /** How many the holder has, the empty ones too. */
  count(holderId: string): Promise<number>
  /** The latest stamp of the holder's registers. */
  newest(holderId: string): Promise<Stamp | undefined>
  /** With a number above `after`, in the order of their numbers. */
  page(holderId: string, after: number, limit: number): Promise<readonly NumberedRegister[]>
}

/** What operators did and what touched the safety of an account. Never changed; each line follows the one before it. */
export interface Audit {
  /** Writes the next line, in the transaction of what was done. */
  append(entry: AuditEntry): Promise<AuditRow>
  /** Lines above the number `after`, in their order. */
  page(after: number, limit: number): Promise<readonly AuditRow[]>
}

/** The repositories of registration, mail, top-ups, bank files, daily roots, what people write and the audit log; they stand in every transaction beside the ledger (`Tx` in serviceStore.ts). */
export type FeatureRepositories = SafetyRepositories &
  ContactRepositories &
  IdentityRepositories &
  LockRepositories &
  RiskRepositories & {
    readonly registrations: Registrations
    readonly signInCounts: SignInCounts
    readonly mails: Mails
    readonly topUps: TopUps
    readonly statements: Statements
    readonly roots: Roots
    readonly personal: PersonalRegisters
    readonly audit: Audit
  }
