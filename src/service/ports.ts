import type { KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { ServiceKey } from '#contracts/service/account.ts'
import type { CommandBody, CommandType } from '#contracts/service/commands.ts'
import type { RouteName, routes } from '#contracts/service/index.ts'
import type { CommandAnswer } from '#contracts/service/money.ts'
import type { Payment, ReferenceRates } from '#contracts/wire/shapes.ts'
import type { Decline, Outcome } from '#core/failure/outcome.ts'
import type { DocumentKind } from '#core/identity/file.ts'
import type { Screen } from '#core/identity/sanctions/screen.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { LocaleMessages } from '#locales/index.ts'
import type { Holder, ServiceStore, Tx } from '#storage/serviceStore.ts'
import type { After } from './after.ts'
import type { ServiceConfig } from './config.ts'
import type { Waiters } from './feed/waiters.ts'

export type OutgoingMail = { readonly to: string; readonly subject: string; readonly text: string }

/** Sends a mail, outside any transaction. Throws the fault mail_failed. */
export type Mailer = { readonly deliveredBy: 'smtp' | 'sandbox_mailbox'; send(mail: OutgoingMail): Promise<void> }

/** The service's own Ed25519 keys, as they stand in the book. */
export type SigningKeys = {
  /** Of the newest key, which signs. */
  readonly keyId: string
  /** Oldest first, each but the first endorsed by the one before. */
  readonly keys: readonly ServiceKey[]
  /** By the newest key, over the UTF-8 of the text: base64url. */
  sign(text: string): string
}

/** Links and the signatures of devices name a service by `serviceId`, the id of its first key, for ever; which key signs is read in the transaction that signs. */
export type Identity = { readonly serviceId: string; signing(tx: Tx): Promise<SigningKeys> }

/** Whether an Ed25519 signature (64 bytes) holds over these bytes. */
export type VerifySignature = (text: Uint8Array, key: KeyObject, signature: Uint8Array) => Promise<boolean>

/** The country (ISO 3166-1 alpha-2) of a network address; null where it is not known. */
export type PlaceOf = (address: string) => string | null

/** Who on the sanctions list is called alike; `madeOn` is null where there is no list. */
export type Sanctions = { readonly madeOn: string | null; readonly screen: Screen }

/** Draws the pages of a file anew as JPEGs, beside whatever else goes on. */
export type Redraw = (file: { readonly bytes: Uint8Array; readonly kind: DocumentKind }) => Promise<Outcome<readonly Uint8Array[]>>

/** One line of the log. Only what is listed here: no name, address, amount, token or body. */
export type LogLine = {
  readonly event: string
  readonly reference?: string
  readonly code?: string
  readonly route?: string
  readonly status?: number
  readonly ms?: number
  readonly cause?: string
}
export type Log = { info(line: LogLine): void; error(line: LogLine): void }

/** All that the features reach outside themselves. */
export type ServicePorts = {
  readonly store: ServiceStore
  readonly clock: () => Instant
  readonly after: After
  /** UUID version 7. */
  readonly ids: () => string
  readonly random: (bytes: number) => Uint8Array
  readonly mailer: Mailer
  /** The newest reference rates that are known, at hand without asking anybody. */
  readonly rates: () => ReferenceRates
  readonly config: ServiceConfig
  readonly identity: Identity
  readonly log: Log
  readonly signers: Signers
  readonly verifySignature: VerifySignature
  readonly placeOf: PlaceOf
  readonly sanctions: Sanctions
  readonly redraw: Redraw
  /** For those who wait until something happens. */
  readonly waiters: Waiters
  /** Where people reach this service; known once it listens. */
  readonly url: () => string
}

/** Who calls, as the door has proved it. */
export type AnyCaller = { readonly address: string }
export type HolderCaller = AnyCaller & { readonly holder: Holder; readonly deviceId: string }

/** `by`: who of them, as the audit log names them. */
export type OperatorCaller = AnyCaller & { readonly by: string }

/** A device of a holder, to be asked for its signature. It may have been revoked since: who does what it signed looks again in that transaction. */
export type Signer = { readonly holderId: string; readonly deviceId: string; readonly publicKey: string }
export type SignerCaller = AnyCaller & Signer
/** `token`: the one that it is to have no more. */
export type DeviceCaller = SignerCaller & { readonly token: string }

/** Whose device signs with a session's token. Declines: not_signed_in, device_revoked, session_expired, session_stale. */
export type Signers = { find(token: string, address: string): Promise<Outcome<Signer>> }

type CallerTypes = {
  anyone: AnyCaller
  sandbox: AnyCaller
  operator: OperatorCaller
  session: HolderCaller
  signer: SignerCaller
  device: DeviceCaller
}
type Routes = typeof routes

export type RouteInput<R extends RouteName> = z.output<Routes[R]['input']>
export type RouteOutput<R extends RouteName> = z.input<Routes[R]['output']>

/** An answer that its maker parsed by the contract of the route already. */
export class Parsed<T> {
  readonly value: T
  constructor(value: T) {
    this.value = value
  }
}

/** `raw` is the body where it is not JSON (application/octet-stream), to be read once. */
export type RouteHandler<R extends RouteName> = (
  ports: ServicePorts,
  caller: CallerTypes[Routes[R]['caller']],
  input: RouteInput<R>,
  raw?: Readable,
) => Promise<Outcome<RouteOutput<R> | Parsed<RouteOutput<R>>>>

/** The routes that a feature serves. */
export type RouteHandlers = { readonly [R in RouteName]?: RouteHandler<R> }

/** A command whose signature holds and whose id is new; `now` is the service's clock. */
export type RunningCommand<T extends CommandType> = {
  readonly id: string
  readonly type: T
  readonly body: CommandBody<T>
  /** The device that signed it. */
  readonly deviceId: string
  readonly now: Instant
}

/** What a command made: shown in its answer. */
export type Made = Omit<Extract<CommandAnswer, { ok: true }>, 'ok' | 'feed'>
export type CommandOutcome =
  | { readonly ok: true; readonly value: Made }
  | { readonly ok: false; readonly decline: Decline; readonly payment?: Payment }

/** Decides and writes one command inside its transaction. What it throws undoes everything, and the same id may be sent again. */
export type CommandHandler<T extends CommandType> = (
  tx: Tx,
  holder: Holder,
  command: RunningCommand<T>,
  ports: ServicePorts,
) => Promise<CommandOutcome>

/** The commands that a feature serves. */
export type CommandHandlers = { readonly [T in CommandType]?: CommandHandler<T> }

/** The names of the links have their words in the locales (`mailLinks`). */
export type MailLinkName = keyof LocaleMessages['mailLinks']['links']

/**
 * What a link in a mail does. Its token was told to nobody but the mailbox and is kept as its hash; opening the page does nothing, for programs that look at
 * mails open it too: only a press does.
 */
export type MailLink = {
  /** Whether the token is still good for it. */
  isOpen(tx: Tx, hash: string, now: Instant): Promise<boolean>
  /** Does it, in the transaction; false where the token is good for nothing any more. */
  press(tx: Tx, ports: ServicePorts, hash: string, now: Instant): Promise<boolean>
}

export type MailLinks = Readonly<Partial<Record<MailLinkName, MailLink>>>

/** Something that goes on by itself while the service runs; `stop` resolves when nothing of it is under way. */
export type Work = { stop(): Promise<void> }

/** `work` is started once, when the book is open, and stopped before it is closed. */
export type Feature = {
  readonly routes?: RouteHandlers
  readonly commands?: CommandHandlers
  /** What the links of its mails do. */
  readonly mailLinks?: MailLinks
  readonly work?: (ports: ServicePorts) => Work
}
