import type { IdentityTier } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { LedgerStore } from '#core/ledger/store.ts'
import type { OwnLimit } from '#core/limits/ownLimit.ts'
import type { LimitKind, LimitRail, MoneySource } from '#core/limits/policy.ts'
import type { Order } from '#core/payment/order.ts'
import type { FeatureRepositories } from './featureRepositories.ts'

/** A person with an account at the service. */
export type Holder = {
  readonly id: string
  /** As typed; mails go there. */
  readonly email: string
  /** What is compared and unique: made by the account feature from `email`. */
  readonly emailKey: string
  readonly name: string
  readonly country: string
  readonly bornOn: string | null
  /** IANA name; the holder's day begins there. */
  readonly timeZone: string
  /** The day on which the zone was changed last, and where it would have ended before: see `HolderDays`. */
  readonly heldDay: string | null
  readonly heldDayEndsAt: Instant | null
  /** The language of the mails. */
  readonly locale: string
  /** PHC string of Argon2id. */
  readonly passwordHash: string
  readonly registeredAt: Instant
  /** Since when money out is stopped, whoever did so: `AccountLocks` says who and why. */
  readonly securityHoldSince: Instant | null
  /** How well they are known. */
  readonly tier: IdentityTier
}

export interface Holders {
  add(holder: Holder): Promise<void>
  find(id: string): Promise<Holder | undefined>
  findByEmail(emailKey: string): Promise<Holder | undefined>
  setSecurityHold(id: string, since: Instant | null): Promise<void>
  setPassword(id: string, hash: string): Promise<void>
  setTier(id: string, tier: IdentityTier): Promise<void>
  setEmail(id: string, email: string, emailKey: string): Promise<void>
  setDays(id: string, days: Pick<Holder, 'timeZone' | 'heldDay' | 'heldDayEndsAt'>): Promise<void>
}

/** A device that may sign for a holder. A revoked one never comes back: signing in again adds another. */
export type Device = {
  readonly id: string
  readonly holderId: string
  /** Ed25519, 32 bytes, base64url. */
  readonly publicKey: string
  readonly name: string
  readonly system: string
  readonly addedAt: Instant
  readonly revokedAt: Instant | null
  /** When it was heard last, to the hour; null where that is not known. */
  readonly usedAt: Instant | null
  /** ISO 3166-1 alpha-2: where it was heard last, where that is known. */
  readonly country: string | null
  /** What its wallet calls the computer that it is on: the same for every account that is used there. Null where it tells none. */
  readonly installation: string | null
}

export interface Devices {
  add(device: Device): Promise<void>
  find(id: string): Promise<Device | undefined>
  /** Those of a holder that are not revoked, in the order in which they were added. */
  ofHolder(holderId: string): Promise<readonly Device[]>
  rename(id: string, name: string): Promise<void>
  use(id: string, at: Instant, country: string | null): Promise<void>
  /** Its change is announced when the transaction is committed. */
  revoke(id: string, at: Instant): Promise<void>
}

/** A bearer token of 32 random bytes, kept only as its SHA-256 (base64url). A session has one after another; `startedAt` is when the person signed in. */
export type Session = {
  readonly tokenHash: string
  readonly holderId: string
  readonly deviceId: string
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly madeAt: Instant
  /** When it was exchanged for another token of the same session. */
  readonly replacedAt: Instant | null
}

export interface Sessions {
  add(session: Session): Promise<void>
  find(tokenHash: string): Promise<Session | undefined>
  /** Every token of the device that was not exchanged before. */
  replaceOfDevice(deviceId: string, at: Instant): Promise<void>
  /** Deletes tokens that were exchanged before. */
  forgetReplaced(deviceId: string, before: Instant): Promise<void>
  endOfDevice(deviceId: string, at: Instant): Promise<void>
}

/** A command with its first answer, kept for ever. */
export type KeptCommand = {
  readonly id: string
  readonly holderId: string
  readonly deviceId: string
  readonly type: string
  /** Canonical JSON of type and body: what the same id must repeat. */
  readonly content: string
  readonly madeAt: string
  readonly signature: string
  readonly receivedAt: Instant
  readonly answer: string
}

export interface Commands {
  find(id: string): Promise<KeptCommand | undefined>
  /** What each of them was answered, by id, in one question however many they are; one that is not kept is left out. */
  answers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  keep(command: KeptCommand): Promise<void>
}

export type FeedRecord = { readonly n: number; readonly json: string }
export type DatedFeedRecord = FeedRecord & { readonly at: Instant }

/** To which row a feed is compacted, and where the holder's accounts stood after it, as JSON. */
export type FeedCompaction = { readonly n: number; readonly heads: string }

/** Which compacted row tells a subject whole; null where a posting tells it, which stays. */
export type StandingRow = { readonly subject: string; readonly n: number | null }

export interface Feed {
  /** The next number of this holder: gapless, from 1. `json` is one line. Its change is announced when the transaction is committed. */
  append(holderId: string, json: string, at: Instant): Promise<number>
  page(holderId: string, after: number, limit: number): Promise<readonly FeedRecord[]>
  /** The newest number; 0 where there is none. */
  last(holderId: string): Promise<number>
  /** Holders with an id above `after` who have more than `keptRows` rows that are not compacted, in the order of their ids. */
  compactable(after: string, keptRows: number, limit: number): Promise<readonly string[]>
  /** Undefined where nothing is compacted yet. In a write nobody else compacts it meanwhile. */
  compaction(holderId: string): Promise<FeedCompaction | undefined>
  dated(holderId: string, after: number, limit: number): Promise<readonly DatedFeedRecord[]>
  standing(holderId: string, subjects: readonly string[]): Promise<readonly StandingRow[]>
  /** Deletes `removed` and notes the rest; `before` is the number to which the feed was compacted, 0 where it was not. */
  compact(
    holderId: string,
    before: number,
    step: FeedCompaction & { readonly removed: readonly number[]; readonly standing: readonly StandingRow[] },
  ): Promise<void>
}

export interface Orders {
  add(order: Order): Promise<void>
  find(id: string): Promise<Order | undefined>
  findByCode(code: string): Promise<Order | undefined>
  /** Saves the state, the payment and the timeline. Its change is announced when the transaction is committed. */
  change(order: Order): Promise<void>
  /** Open orders that ended at `now` or before, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly Order[]>
}

export type PaymentState = 'held' | 'captured' | 'declined' | 'voided'

/** A payment by a holder, declined ones too. Its id is the id of the command that confirmed it, and what is shown of it stands in that command's answer. */
export type PaymentRecord = {
  readonly id: string
  readonly holderId: string
  readonly orderId: string
  readonly state: PaymentState
  readonly at: Instant
}

export interface Payments {
  add(payment: PaymentRecord): Promise<void>
  find(id: string): Promise<PaymentRecord | undefined>
  /** A held payment is captured or voided. */
  settle(id: string, state: 'captured' | 'voided'): Promise<void>
}

/**
 * What an operator set for a holder (`eurMinor`), what the holder set for themselves, asked for and was answered; where there is no row, what their tier
 * gives holds. Euro cents.
 */
export type LimitRecord = OwnLimit & {
  readonly holderId: string
  readonly kind: LimitKind
  readonly eurMinor: bigint | null
  readonly requested: {
    readonly eurMinor: bigint
    readonly at: Instant
    readonly reason: string
    /** Where the money comes from, where that was said. */
    readonly source?: MoneySource | undefined
  } | null
  /** The last answer; `eurMinor` is null where it was no. */
  readonly answered: { readonly asked: bigint; readonly eurMinor: bigint | null; readonly at: Instant; readonly reason: string } | null
}

/** What payments took by one rail on a day of the holder, in euro cents. */
export type LimitUse = { readonly day: string; readonly rail: LimitRail; readonly eurMinor: bigint }

export interface Limits {
  ofHolder(holderId: string): Promise<readonly LimitRecord[]>
  save(limit: LimitRecord): Promise<void>
  /** Wishes for a higher limit that nobody has answered, by holder and kind, those behind `after`. */
  requested(after: Pick<LimitRecord, 'holderId' | 'kind'> | null, most: number): Promise<readonly LimitRecord[]>
  /** What payments of this holder took in a month (2026-11) of their days. */
  used(holderId: string, month: string): Promise<readonly LimitUse[]>
  use(use: LimitUse & { readonly paymentId: string; readonly holderId: string }): Promise<void>
  /** Gives back what a payment took whose money is free again. */
  release(paymentId: string): Promise<void>
}

export type QuestionRecord = {
  readonly id: string
  readonly holderId: string
  /** Counted over the whole service from 1. */
  readonly number: number
  readonly about: string
  readonly text: string
  readonly state: 'open' | 'answered' | 'closed'
  readonly askedAt: Instant
  readonly answer: string | null
  readonly answeredAt: Instant | null
}

export interface Questions {
  /** Gives it the next number. */
  add(question: Omit<QuestionRecord, 'number'>): Promise<QuestionRecord>
  findByNumber(number: number): Promise<QuestionRecord | undefined>
  /** Open ones with a number above `after`, oldest first. */
  open(after: number, limit: number): Promise<readonly QuestionRecord[]>
  save(question: QuestionRecord): Promise<void>
}

/** Small things of the service itself, such as its key. */
export interface Settings {
  find(name: string): Promise<string | undefined>
  save(name: string, value: string): Promise<void>
}

/** What stands inside one transaction. */
export type Tx = FeatureRepositories & {
  readonly ledger: LedgerStore
  readonly holders: Holders
  readonly devices: Devices
  readonly sessions: Sessions
  readonly commands: Commands
  readonly feed: Feed
  readonly orders: Orders
  readonly payments: Payments
  readonly limits: Limits
  readonly questions: Questions
  readonly settings: Settings
}

/** What changed in a committed transaction: a holder's feed, an order, a device that was revoked, or the outbox of mails. */
export type Change =
  | { readonly type: 'feed'; readonly holderId: string; readonly last: number }
  | { readonly type: 'order'; readonly orderId: string }
  | { readonly type: 'device'; readonly deviceId: string }
  /** A mail stands in the outbox. */
  | { readonly type: 'mail' }

/** The book of the service, in SQLite or in PostgreSQL. */
export interface ServiceStore {
  /**
   * Runs `work` in one durable transaction, as if one after another: what it reads stays so until its end, and what it throws undoes all of it.
   * Inside, await nothing but the transaction. Where others were in its way it is undone and run again, so it changes nothing outside of it.
   * Faults: disk_full, folder_read_only, database_damaged; service_busy (others were in the way for too long), service_offline (no database);
   * service_timeout: nobody knows whether it stands, and the same wish with the same id finds out.
   * `by`: whose wish it is. Then it may share its transaction with the wishes of others.
   */
  write<T>(work: (tx: Tx) => Promise<T>, by?: string): Promise<T>
  /** Sees one state from its first to its last statement. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Told after each commit, of this instance at once and of others on the same database soon after. Returns what stops it. */
  onChange(listener: (change: Change) => void): () => void
  close(): Promise<void>
}
