import { defaultSessionRules, type SessionRules } from '#core/account/session.ts'

/** Somebody who works at the service, by name; the token is theirs alone. */
export type Operator = { readonly name: string; readonly token: string }

/** What an operator may set. Times in milliseconds, sizes in bytes. */
export type ServiceConfig = {
  /** Shown to people: the name of the service and where they write to. */
  readonly name: string
  readonly supportEmail: string
  /** A sandbox has a simulated bank, a simulated shop and a mailbox that the wallet shows; no real money. */
  readonly sandbox: boolean
  readonly host: string
  readonly port: number
  /** Where people reach it; null: the address that it listens on. */
  readonly publicUrl: string | null
  /** Null: mails are kept in the sandbox mailbox. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** The book in PostgreSQL, with its password; null: a file in the service's folder. */
  readonly databaseUrl: string | null
  /** False for a database that speaks like PostgreSQL and has no triggers (docs/adr/0012-postgresql.md). */
  readonly databaseTriggers: boolean
  /** A file with the bank accounts that people send money to; null: none (a sandbox has those of its simulated bank). */
  readonly bankAccountsPath: string | null
  /** Whether the daily reference rates are fetched; the bundled ones are used until then. */
  readonly fetchRates: boolean
  /** Of the operator who is called `operator`. */
  readonly operatorToken: string
  /** The other operators: what two have to agree on takes the tokens of two. */
  readonly operators: readonly Operator[]
  /** 32 bytes in hexadecimal that seal the secrets of authenticator apps; null: a key that is made once and kept in the book. */
  readonly factorKey: string | null
  /** The domain of a gateway that turns a mail to NUMBER@DOMAIN into a text message; null: there is none. */
  readonly textGateway: string | null
  /** A file of stolen passwords as Have I Been Pwned publishes it (SHA-1, sorted by hash); null: none. */
  readonly breachedPath: string | null
  /** 32 bytes in hexadecimal that seal people's documents; null: a key that is made once and kept in the book. */
  readonly documentKey: string | null
  /** For so many days after the answer a document is kept. */
  readonly documentDays: number
  /** The sanctions list of the United Nations as XML; null: names are held against none. */
  readonly sanctionsPath: string | null
  readonly orderLifetimeMs: number
  /** Rows of a feed that are older are compacted, but for the newest `feedKeptRows` of each; 0: never. */
  readonly feedKeptDays: number
  readonly feedKeptRows: number
  readonly sessions: SessionRules
  /** A file that tells which country a network address is in; null: nothing is told. */
  readonly placesPath: string | null
  readonly limits: HttpLimits
}

export type HttpLimits = {
  readonly jsonBytes: number
  readonly fileBytes: number
  readonly headerBytes: number
  readonly headersMs: number
  readonly requestMs: number
  readonly connections: number
  readonly socketsPerHolder: number
  /** Calls without a session, by address: at most `burst` at once, refilled by `perSecond`. */
  readonly anonymousBurst: number
  readonly anonymousPerSecond: number
}

export const defaultHttpLimits: HttpLimits = {
  jsonBytes: 64 * 1024,
  fileBytes: 256 * 1024 * 1024,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 120_000,
  connections: 2_000,
  socketsPerHolder: 8,
  anonymousBurst: 120,
  anonymousPerSecond: 10,
}

export const defaultConfig: Omit<ServiceConfig, 'operatorToken'> = {
  name: 'OKPAY',
  supportEmail: 'help@okpay.example',
  sandbox: false,
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  smtpUrl: null,
  databaseUrl: null,
  databaseTriggers: true,
  bankAccountsPath: null,
  fetchRates: true,
  mailFrom: 'OKPAY <no-reply@okpay.example>',
  operators: [],
  orderLifetimeMs: 15 * 60_000,
  documentKey: null,
  // Five years: Directive (EU) 2015/849, article 40.
  documentDays: 1_826,
  sanctionsPath: null,
  factorKey: null,
  breachedPath: null,
  textGateway: null,
  feedKeptDays: 90,
  feedKeptRows: 1_000,
  sessions: defaultSessionRules,
  placesPath: null,
  limits: defaultHttpLimits,
}

/** Whether the service can be reached from this computer alone. */
export const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === '::1' || host === 'localhost'
