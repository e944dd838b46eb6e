import type { Instant } from '../ledger/command.ts'
import type { CurrencyCode } from '../money/currencies/index.ts'
import type { PersonalStore } from '../personal/store.ts'

/** One line of the history, as the wallet keeps it. Amounts in smallest units, signed from the holder's side. */
export type MovementRow = {
  readonly id: string
  readonly kind: 'top_up' | 'payment' | 'reversal'
  readonly state: 'pending' | 'done' | 'declined' | 'cancelled' | 'expired'
  readonly at: Instant
  readonly title: string
  readonly reference: string
  readonly currency: CurrencyCode
  readonly minor: bigint
  readonly feeMinor: bigint
  /** Set once the money moved. */
  readonly afterMinor: bigint | null
  /** More words to find it by, such as order lines. */
  readonly words: string
}

export type MirroredLeg = {
  readonly account: string
  readonly currency: CurrencyCode
  readonly minor: bigint
  readonly version: number
  /** The end of the account's hash chain as the service tells it; empty for an account of another. */
  readonly chain: string
  /** Whether it is the holder's own account. */
  readonly own: boolean
  readonly label: string
}

export type MirroredPosting = {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly effectiveAt: Instant
  readonly recordedAt: Instant
  readonly legs: readonly MirroredLeg[]
}

export type BalanceRow = {
  readonly currency: CurrencyCode
  readonly postedMinor: bigint
  readonly heldMinor: bigint
  readonly version: number
}

/** What an account held at some instant, in smallest units. */
export type PastBalance = { readonly currency: CurrencyCode; readonly minor: bigint }

/** Where one of the holder's own accounts stands, under the service's name of it. */
export type HeadRow = { readonly account: string; readonly currency: CurrencyCode; readonly version: number; readonly chain: string }

/** Heads whose signature was checked: after the page the book must stand just there. `proof` is kept with it. */
export type CheckedHeads = { readonly accounts: readonly HeadRow[]; readonly proof: string | null }

/** The setting that holds the `proof` of the newest heads that the book agreed with. */
export const verifiedSetting = 'provider.verified'

/** What keeps its whole state as JSON (the contract's own shape), found by id. */
export type DocumentKind = 'profile' | 'top_up' | 'payment' | 'limits' | 'question' | 'risk' | 'security'

export type FeedChange =
  | { readonly type: 'movement'; readonly movement: MovementRow }
  | { readonly type: 'posting'; readonly posting: MirroredPosting }
  | { readonly type: 'balance'; readonly balance: BalanceRow }
  | { readonly type: 'document'; readonly kind: DocumentKind; readonly id: string; readonly json: string; readonly at: Instant }

export type MovementFilter = {
  readonly currencies?: readonly CurrencyCode[]
  readonly kinds?: readonly MovementRow['kind'][]
  readonly states?: readonly MovementRow['state'][]
  /** Half-open: from <= at < until. */
  readonly from?: Instant
  readonly until?: Instant
  readonly query?: string
  /** Only those with this label. */
  readonly label?: string
}

export type MovementPage = {
  readonly rows: readonly MovementRow[]
  readonly next: string | null
  /** Counted up to 10,000. */
  readonly count: { readonly value: number; readonly exact: boolean }
}

/** What the book has of one payment or top-up; `payment` and `topUp` as JSON. */
export type KnownSubject = {
  readonly movement: MovementRow | undefined
  readonly postings: readonly MirroredPosting[]
  readonly payment: string | undefined
  readonly topUp: string | undefined
}

/** A command that was saved before it was sent. `answer` is the service's first answer, as JSON. */
export type Intent = {
  readonly id: string
  readonly type: string
  readonly json: string
  readonly madeAt: Instant
  readonly answer: string | null
}

export type StatementProofRow = {
  readonly currency: CurrencyCode
  readonly openingMinor: bigint
  readonly movements: number
  readonly sumMinor: bigint
  readonly closingMinor: bigint
}

export type StatementJob = {
  readonly id: string
  readonly format: string
  readonly from: Instant | null
  readonly until: Instant | null
  readonly currencies: readonly CurrencyCode[] | null
  readonly path: string
  /** Printed on the statement. */
  readonly holder: string
  readonly madeAt: Instant
  /** IANA name; days and times are printed in it. */
  readonly timeZone: string
  readonly locale: string
}

export type StatementStep = { readonly written: number; readonly of: number }

/** Where a change of the database's key stands. */
export type RekeyStep = 'copying' | 'encrypting' | 'checking' | 'placing'

/**
 * The wallet's own encrypted book: a mirror of the holder's accounts, its history and search index, documents, the outbox, and what the person wrote.
 * Every write is one durable transaction, but for a page of the feed that does not reach the newest row: a power cut may take that, with its cursor. Faults: database_damaged, database_newer, database_too_old, database_key_wrong, folder_read_only, disk_full.
 */
export interface WalletStore extends PersonalStore {
  /**
   * Applies one feed page and moves the cursor, in one transaction. False where the page does not start at the cursor: nothing changed.
   * Throws `ProviderMismatch` where the page does not follow from the book, or the book does not stand at the heads afterwards: nothing changed either.
   */
  applyFeed(page: {
    readonly after: number
    readonly until: number
    readonly changes: readonly FeedChange[]
    readonly heads?: CheckedHeads | undefined
  }): Promise<boolean>
  cursor(): Promise<number>
  balances(): Promise<readonly BalanceRow[]>
  /** What was held just before each instant; the instants come newest first. */
  pastBalances(instants: readonly Instant[]): Promise<readonly (readonly PastBalance[])[]>
  /** Where the holder's own accounts stand: version and end of the chain (empty where nothing was posted yet). */
  heads(): Promise<readonly { readonly currency: CurrencyCode; readonly version: number; readonly chain: string }[]>
  /** The link of the leg of this version of one of the holder's own accounts; undefined where it has none. */
  linkAt(currency: CurrencyCode, version: number): Promise<string | undefined>
  /** How many legs one of the holder's own accounts had that were recorded before. */
  versionAt(currency: CurrencyCode, before: Instant): Promise<number>
  /** Forgets what the service told, but for the profile; the session, unanswered intents, settings and what the person wrote stay. The cursor is 0 again. */
  forgetBook(): Promise<void>
  movements(filter: MovementFilter, after: string | null, limit: number): Promise<MovementPage>
  movement(id: string): Promise<MovementRow | undefined>
  postingsOf(subject: string): Promise<readonly MirroredPosting[]>
  /** What the book has of these subjects, asked at once; one that it has nothing of is not in the map. */
  known(subjects: readonly string[]): Promise<ReadonlyMap<string, KnownSubject>>
  document(kind: DocumentKind, id: string): Promise<string | undefined>
  /** Newest first. */
  documents(kind: DocumentKind, limit: number): Promise<readonly string[]>
  /** Saved and on disk when it returns; the same id again with the same JSON changes nothing, with another it throws. */
  saveIntent(intent: Omit<Intent, 'answer'>): Promise<void>
  intent(id: string): Promise<Intent | undefined>
  openIntents(): Promise<readonly Intent[]>
  /** Keeps the first answer; a later one is ignored. */
  answerIntent(id: string, answer: string): Promise<void>
  /** Small settings that belong inside the encryption, such as the session's token. */
  setting(name: string): Promise<string | undefined>
  keepSetting(name: string, value: string | null): Promise<void>
  proveStatement(job: Pick<StatementJob, 'from' | 'until' | 'currencies'>): Promise<readonly StatementProofRow[]>
  /** Writes the file beside its path and renames it when whole; removed when stopped or failed. Undefined where it was stopped. */
  writeStatement(job: StatementJob, onStep: (step: StatementStep) => void): Promise<readonly StatementProofRow[] | undefined>
  stopStatement(id: string): Promise<void>
  /** An encrypted copy with the same key, made while the wallet is used. */
  backUp(path: string): Promise<void>
  /**
   * Encrypts the whole database with another key (32 bytes, which the caller wipes): a copy is made, read through, and takes the place of the file in one
   * step, so that after a crash there is the file under the old key or under the new one. Other calls wait. Faults: disk_full, folder_read_only; then
   * the old key is still the one.
   */
  rekey(key: Uint8Array, onStep: (step: RekeyStep) => void): Promise<void>
  /** Forgets the account that was signed in: everything but this device's own settings. */
  clearAccount(): Promise<void>
  close(): Promise<void>
}
