import { parseEmail } from '#core/account/email.ts'
import { hasPassword, isPostgresUrl, withoutPassword } from '#storage/postgres/url.ts'
import { defaultConfig, type Operator, type ServiceConfig } from '../config.ts'
import { Ending, exitCodes } from './exit.ts'
import { fileExists } from './folders.ts'
import { newToken, secretOf } from './secrets.ts'
import type { Speech } from './speech.ts'

export type ServeOptions = {
  readonly listen?: string | undefined
  readonly sandbox?: boolean | undefined
  readonly database?: string | undefined
}

const listenPattern = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/

function readListen(text: string, say: Speech): Pick<ServiceConfig, 'host' | 'port'> {
  const parts = listenPattern.exec(text)
  const port = Number(parts?.[3])
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined || !(port <= 65_535)) throw new Ending(exitCodes.wrongUse, say('listenWrong', { what: text }))
  return { host, port }
}

const longestOrderSeconds = 7 * 24 * 60 * 60

/** For how long an order can be paid: whole seconds, up to a week. */
function readOrderLifetime(text: string | undefined, say: Speech): number {
  if (text === undefined || text === '') return defaultConfig.orderLifetimeMs
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > longestOrderSeconds)
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `OKPAY_ORDER_SECONDS=${text}` }))
  return seconds * 1000
}

const longestFeedDays = 36_500
const longestSessionDays = 3_650
const dayMs = 86_400_000

/** Whole days, from 1 up. */
function readSessionDays(name: string, env: NodeJS.ProcessEnv, otherwiseMs: number, say: Speech): number {
  const text = env[name]
  if (text === undefined || text === '') return otherwiseMs
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > longestSessionDays) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `${name}=${text}` }))
  return days * dayMs
}

/** For how many whole days after the answer a document is kept. */
function readDocumentDays(text: string | undefined, say: Speech): number {
  if (text === undefined || text === '') return defaultConfig.documentDays
  if (!/^\d{1,5}$/.test(text)) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `OKPAY_DOCUMENT_DAYS=${text}` }))
  return Number(text)
}

/** After how many whole days a feed is compacted; 0 never. */
function readFeedDays(text: string | undefined, say: Speech): number {
  if (text === undefined || text === '') return defaultConfig.feedKeptDays
  if (!/^\d{1,5}$/.test(text) || Number(text) > longestFeedDays)
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `OKPAY_FEED_DAYS=${text}` }))
  return Number(text)
}

const operatorLine = /^([a-z][a-z0-9_-]{0,29})[ \t]+(\S{20,200})$/

/** The other operators, a name and a token a line. A sandbox where none is named has a second one of its own, so that one person can try both. */
function readOperators(env: NodeJS.ProcessEnv, isSandbox: boolean, say: Speech): readonly Operator[] {
  const text = secretOf(env, 'OKPAY_OPERATORS', say)
  if (text === undefined) return isSandbox ? [{ name: 'second', token: newToken() }] : []
  const operators = text.split('\n').flatMap((line, index): Operator[] => {
    if (line.trim() === '') return []
    const [, name, token] = operatorLine.exec(line.trim()) ?? []
    if (!name || !token) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `OKPAY_OPERATORS, ${index + 1}` }))
    return [{ name, token }]
  })
  const isTwice = new Set(operators.map(({ name }) => name)).size < operators.length
  if (isTwice || new Set(operators.map(({ token }) => token)).size < operators.length)
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: 'OKPAY_OPERATORS' }))
  return operators
}

/** The address of a PostgreSQL database. Its password comes from OKPAY_DATABASE_URL, PGPASSWORD or ~/.pgpass: arguments are seen by everybody. */
export function readDatabase(argument: string | undefined, env: NodeJS.ProcessEnv, say: Speech): string | null {
  if (argument !== undefined && (!isPostgresUrl(argument) || hasPassword(argument)))
    throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `--database ${withoutPassword(argument)}` }))
  const url = argument ?? secretOf(env, 'OKPAY_DATABASE_URL', say)
  if (url === undefined) return null
  if (!isPostgresUrl(url)) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: 'OKPAY_DATABASE_URL' }))
  return url
}

/** Whether the database's own triggers keep the book's rules too: OKPAY_DATABASE_TRIGGERS=0 is for one that has none. */
export const hasTriggers = (env: NodeJS.ProcessEnv): boolean => env['OKPAY_DATABASE_TRIGGERS'] !== '0'

/** What seals the secrets of authenticator apps, or documents: 64 hexadecimal digits. */
function readSealingKey(name: string, env: NodeJS.ProcessEnv, say: Speech): string | null {
  const key = secretOf(env, name, say)
  if (key === undefined) return null
  if (!/^[0-9a-fA-F]{64}$/.test(key)) throw new Ending(exitCodes.wrongUse, say('keyWrong', { from: name }))
  return key
}

/** A list (of stolen passwords, of sanctions) has to be there when the service starts. */
function readListPath(name: string, env: NodeJS.ProcessEnv, say: Speech): string | null {
  const path = env[name]
  if (!path) return null
  if (!fileExists(path)) throw new Ending(exitCodes.fault, say('fileUnreadable', { path }))
  return path
}

/** The domain of a gateway from mails to text messages. */
function readTextGateway(domain: string | undefined, say: Speech): string | null {
  if (!domain) return null
  if (!parseEmail(`1@${domain}`).ok) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: 'OKPAY_TEXT_GATEWAY' }))
  return domain
}

/** The configuration of a service: by its arguments, else by `OKPAY_*`, else what a service has by itself. Secrets come from the environment or files. */
export function serviceConfig({ listen, sandbox, database }: ServeOptions, env: NodeJS.ProcessEnv, say: Speech): ServiceConfig {
  const isSandbox = sandbox === true || env['OKPAY_SANDBOX'] === '1'
  return {
    ...defaultConfig,
    ...readListen(listen ?? env['OKPAY_LISTEN'] ?? '127.0.0.1:0', say),
    sandbox: isSandbox,
    name: env['OKPAY_SERVICE_NAME'] || defaultConfig.name,
    supportEmail: env['OKPAY_SUPPORT_EMAIL'] || defaultConfig.supportEmail,
    publicUrl: env['OKPAY_PUBLIC_URL'] || null,
    smtpUrl: secretOf(env, 'OKPAY_SMTP_URL', say) ?? null,
    databaseUrl: readDatabase(database, env, say),
    databaseTriggers: hasTriggers(env),
    mailFrom: env['OKPAY_MAIL_FROM'] || defaultConfig.mailFrom,
    orderLifetimeMs: readOrderLifetime(env['OKPAY_ORDER_SECONDS'], say),
    feedKeptDays: readFeedDays(env['OKPAY_FEED_DAYS'], say),
    sessions: {
      ...defaultConfig.sessions,
      idleMs: readSessionDays('OKPAY_SESSION_IDLE_DAYS', env, defaultConfig.sessions.idleMs, say),
      ageMs: readSessionDays('OKPAY_SESSION_DAYS', env, defaultConfig.sessions.ageMs, say),
    },
    placesPath: env['OKPAY_PLACES'] || null,
    bankAccountsPath: env['OKPAY_BANK_ACCOUNTS'] || null,
    fetchRates: env['OKPAY_FETCH_RATES'] !== '0',
    documentKey: readSealingKey('OKPAY_DOCUMENT_KEY', env, say),
    documentDays: readDocumentDays(env['OKPAY_DOCUMENT_DAYS'], say),
    sanctionsPath: readListPath('OKPAY_SANCTIONS_LIST', env, say),
    factorKey: readSealingKey('OKPAY_FACTOR_KEY', env, say),
    breachedPath: readListPath('OKPAY_BREACHED_PASSWORDS', env, say),
    textGateway: readTextGateway(env['OKPAY_TEXT_GATEWAY'], say),
    operatorToken: secretOf(env, 'OKPAY_OPERATOR_TOKEN', say) ?? newToken(),
    operators: readOperators(env, isSandbox, say),
  }
}
