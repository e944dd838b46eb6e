import { Fault, type FaultCode } from '#core/failure/faults.ts'

/** By the beginning of a SQLSTATE (PostgreSQL, appendix A) or of a system's error. The first that fits. */
const byPrefix: readonly (readonly [string, FaultCode])[] = [
  ['40001', 'service_busy'],
  ['40P01', 'service_busy'],
  ['55P03', 'service_busy'],
  ['57014', 'service_busy'],
  ['53100', 'disk_full'],
  ['53', 'service_busy'],
  ['XX001', 'database_damaged'],
  ['XX002', 'database_damaged'],
  // A standby, or a server that somebody closed for writing: the one that leads is out of reach.
  ['25006', 'service_offline'],
  ['08', 'service_offline'],
  ['28', 'service_offline'],
  ['3D000', 'service_offline'],
  ['57P', 'service_offline'],
  ['ECONN', 'service_offline'],
  ['EPIPE', 'service_offline'],
  ['ETIMEDOUT', 'service_offline'],
  ['ENOTFOUND', 'service_offline'],
  ['ENOENT', 'service_offline'],
  ['EAI_AGAIN', 'service_offline'],
  ['EHOSTUNREACH', 'service_offline'],
  ['ENETUNREACH', 'service_offline'],
]

/** What the client library says without a code. */
const bySentence: readonly (readonly [RegExp, FaultCode])[] = [
  [/^timeout exceeded when trying to connect$/, 'service_busy'],
  [/^(Connection terminated|Client has encountered a connection error|Client was closed)/, 'service_offline'],
  [/does not support SSL connections|SSL|SASL|certificate/, 'service_offline'],
]

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** The fault that an error of PostgreSQL or of the way to it is; undefined for a broken constraint or a bug. */
function faultCodeOf(error: Error): FaultCode | undefined {
  const code = codeOf(error)
  const known = code === '' ? undefined : byPrefix.find(([prefix]) => code.startsWith(prefix))
  return known?.[1] ?? bySentence.find(([sentence]) => sentence.test(error.message))?.[1]
}

/** Whether the connection is gone: nothing more can be asked of it. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error && faultCodeOf(error) === 'service_offline' && !/^(25|28|3D)/.test(codeOf(error))

/** An error as it may be told: without what must stay secret. The library's own error holds the whole configuration of the connection. */
function withoutSecret(error: Error, secret: string): Error {
  const told = new Error(secret === '' ? error.message : error.message.replaceAll(secret, '***'))
  told.name = error.name
  return Object.assign(told, codeOf(error) === '' ? {} : { code: codeOf(error) })
}

/** The fault behind an error of PostgreSQL or of the network; anything else (a bug) as it came. `secret` is never told. */
export function toFault(error: unknown, secret: string): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = faultCodeOf(error)
  if (code !== undefined) return new Fault(code, { cause: withoutSecret(error, secret) })
  return secret !== '' && error.message.includes(secret) ? withoutSecret(error, secret) : error
}
