import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { type RouteName, routes } from '#contracts/service/index.ts'
import type { ImportReport } from '#contracts/service/money.ts'
import { problem } from '#contracts/service/problem.ts'
import { rootFingerprint } from '#contracts/service/proof.ts'
import { Fault, type FaultCode, faults } from '#core/failure/faults.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { rootHash } from '#core/root/day.ts'
import { formatAmount } from '#locales/amounts.ts'
import { sayFailure } from '#locales/failures.ts'
import { formatKnown } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'
import { digest } from '#storage/digest.ts'
import { keyIdOf } from '../identity.ts'
import type { RouteOutput } from '../ports.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { type OperatorAccess, readOperatorFile } from './folders.ts'
import { type Speech, sayFault } from './speech.ts'

export type Desk = {
  readonly folder: string
  readonly json: boolean
  readonly say: Speech
  readonly locale: AppLocale
  /** Which of a sandbox's operators asks. */
  readonly as?: string | undefined
  /** The token of who asks, where it is not left on the folder. */
  readonly token?: string | undefined
  print(line: string): void
}

type OperatorRoute =
  | 'importStatement'
  | 'waiting'
  | 'lockAccount'
  | 'unlockAccount'
  | 'locksOfAccount'
  | 'setLimit'
  | 'refuseLimit'
  | 'limitRequests'
  | 'questions'
  | 'answer'
  | 'describe'
  | 'rotateKey'
  | 'roots'
  | 'riskQueue'
  | 'riskCase'
  | 'riskDecide'
  | 'riskNote'
  | 'riskShadow'
  | 'riskUse'
  | 'identityQueue'
  | 'identityOf'
  | 'identityPage'
  | 'answerIdentity'

const accessOf = ({ folder, say, as, token }: Desk): Pick<OperatorAccess, 'url' | 'token'> => {
  const access = readOperatorFile(folder)
  if (!access) throw new Ending(exitCodes.fault, say('noneRuns', { path: folder }))
  if (as === undefined) return { url: access.url, token: token ?? access.token }
  const other = access.others[as]
  if (other === undefined) throw new Ending(exitCodes.wrongUse, say('wrongUse', { what: `--as ${as}` }))
  return { url: access.url, token: other }
}

const isFault = (code: string): code is FaultCode => Object.hasOwn(faults, code)

function refusal(answer: unknown, locale: AppLocale): Ending {
  const { data } = problem.safeParse(answer)
  if (!data) return new Ending(exitCodes.fault, sayFault(locale, 'service_garbage'))
  if (isFault(data.code)) return new Ending(exitCodes.fault, sayFault(locale, data.code))
  return new Ending(exitCodes.declined, sayFailure(locale, { kind: 'decline', code: data.code, detail: data.detail }, new Date()).whole)
}

/** Asks the running service; what it refuses ends the program with its sentence. */
export async function ask<R extends OperatorRoute>(
  desk: Desk,
  route: R,
  path: string,
  init: RequestInit & { duplex?: 'half' } = {},
): Promise<RouteOutput<R>> {
  const { url, token } = accessOf(desk)
  const response = await fetch(url + path, {
    ...init,
    // Else fetch keeps a second copy of the body, for a redirect; and the token goes nowhere else.
    redirect: 'error',
    method: routes[route].method,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  }).catch(() => {
    throw new Ending(exitCodes.fault, desk.say('noneRuns', { path: desk.folder }))
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refusal(answer, desk.locale)
  if (desk.json) desk.print(JSON.stringify(answer))
  return parsed(route, answer)
}

/** The one place where an answer gets the type of its route: parsed by that route's contract. */
function parsed<R extends RouteName>(route: R, answer: unknown): RouteOutput<R> {
  const output = routes[route].output.safeParse(answer)
  if (!output.success) throw new Fault('service_garbage', { cause: output.error })
  return output.data as RouteOutput<R>
}

export const jsonBody = (body: unknown): RequestInit => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

function tellImport(desk: Desk, report: ImportReport): ExitCode {
  const { say, locale, print } = desk
  const why = (code: string) => formatKnown(locale, `statementProblems.${code}`) ?? code
  for (const { id, account, problem: code } of report.statements)
    if (code !== null) print(say('statementProblem', { id, account, problem: why(code) }))
  for (const { outcome, amount, reference, debtor, bookedOn, problem: code } of report.entries)
    print(
      [bookedOn, amount, reference || '-', debtor || '-', say(`outcomes.${outcome}`), code === null ? '' : why(code)].join('  ').trimEnd(),
    )
  if (report.refused !== null) {
    print(`${say('importRefused', { file: report.file })} ${why(report.refused)}`)
    return exitCodes.declined
  }
  const { file, credited, waiting, seenBefore, notMoneyIn } = report
  print(say('imported', { file, credited, waiting, seenBefore, notMoneyIn }))
  return exitCodes.done
}

export async function importStatement(desk: Desk, path: string): Promise<ExitCode> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Ending(exitCodes.wrongUse, desk.say('fileMissing', { path }))
  const query = new URLSearchParams({ file: basename(path) })
  const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  const headers = { 'content-type': 'application/octet-stream' }
  const report = await ask(desk, 'importStatement', `/v1/operator/statements?${query}`, { headers, body, duplex: 'half' })
  if (desk.json) return report.refused === null ? exitCodes.done : exitCodes.declined
  return tellImport(desk, report)
}

export async function waiting(desk: Desk): Promise<ExitCode> {
  let after = ''
  let seen = 0
  for (;;) {
    const { entries, next } = await ask(desk, 'waiting', `/v1/operator/waiting-entries?${new URLSearchParams({ after })}`)
    seen += entries.length
    if (!desk.json)
      for (const { bookedOn, amount, currency, debtor, remittance, problem: code, file } of entries)
        desk.print(
          [
            bookedOn,
            currency,
            amount,
            debtor || '-',
            remittance || '-',
            formatKnown(desk.locale, `statementProblems.${code}`) ?? code,
            file,
          ].join('  '),
        )
    if (next === null) break
    after = next
  }
  if (seen === 0 && !desk.json) desk.print(desk.say('nothingWaits'))
  return exitCodes.done
}

type ShownLimit = RouteOutput<'setLimit'>['limits'][number]

function tellLimits(desk: Desk, limits: readonly ShownLimit[]): ExitCode {
  const price = (amount: { currency: string; value: string }) =>
    isCurrencyCode(amount.currency) ? formatAmount(desk.locale, { currency: amount.currency, value: amount.value }) : amount.value
  if (!desk.json)
    for (const { kind, rail, amount, used } of limits)
      desk.print(desk.say('limitSet', { kind, rail: rail ?? 'none', amount: price(amount), used: price(used) }))
  return exitCodes.done
}

export async function setLimit(
  desk: Desk,
  email: string,
  kind: string,
  [currency, value]: readonly [string, string],
  reason: string,
): Promise<ExitCode> {
  const input = routes.setLimit.input.safeParse({ email, kind, amount: { currency, value }, reason })
  if (!input.success || !isCurrencyCode(currency))
    throw new Ending(exitCodes.wrongUse, desk.say('wrongUse', { what: `${kind} ${currency} ${value}` }))
  const { limits } = await ask(desk, 'setLimit', routes.setLimit.path, jsonBody(input.data))
  return tellLimits(desk, limits)
}

export async function refuseLimit(desk: Desk, email: string, kind: string, reason: string): Promise<ExitCode> {
  const input = routes.refuseLimit.input.safeParse({ email, kind, reason })
  if (!input.success) throw new Ending(exitCodes.wrongUse, desk.say('wrongUse', { what: `${kind} ${reason}` }))
  return tellLimits(desk, (await ask(desk, 'refuseLimit', routes.refuseLimit.path, jsonBody(input.data))).limits)
}

export async function limitRequests(desk: Desk): Promise<ExitCode> {
  let after = ''
  let seen = 0
  for (;;) {
    const { requests, next } = await ask(desk, 'limitRequests', `/v1/operator/limit-requests?${new URLSearchParams({ after })}`)
    seen += requests.length
    if (!desk.json)
      for (const { email, kind, limit, amount, at, reason, source } of requests) {
        const [wished, now] = [formatAmount(desk.locale, amount), formatAmount(desk.locale, limit)]
        desk.print(
          desk.say('limitRequest', { at, email, kind, wished, now, source: source ?? 'none', reason: reason.replaceAll('\n', '\n    ') }),
        )
      }
    if (next === null) break
    after = next
  }
  if (seen === 0 && !desk.json) desk.print(desk.say('noLimitRequests'))
  return exitCodes.done
}

export async function questions(desk: Desk): Promise<ExitCode> {
  let after = 0
  for (;;) {
    const { questions: open } = await ask(desk, 'questions', `/v1/operator/questions?after=${after}`)
    if (!desk.json)
      for (const { number, askedAt, email, about, text } of open)
        desk.print(`#${number}  ${askedAt}  ${email}  ${about}\n    ${text.replaceAll('\n', '\n    ')}`)
    const last = open.at(-1)
    if (!last) break
    after = last.number
  }
  if (after === 0 && !desk.json) desk.print(desk.say('noQuestions'))
  return exitCodes.done
}

export async function answer(desk: Desk, number: string, text: string): Promise<ExitCode> {
  if (!/^\d{1,9}$/.test(number) || text.trim() === '')
    throw new Ending(exitCodes.wrongUse, desk.say('wrongUse', { what: `answer ${number}` }))
  await ask(desk, 'answer', `/v1/operator/questions/${number}/answer`, jsonBody({ text }))
  if (!desk.json) desk.print(desk.say('answered', { number }))
  return exitCodes.done
}

export async function rotateKey(desk: Desk): Promise<ExitCode> {
  const { keys } = await ask({ ...desk, json: false }, 'describe', routes.describe.path)
  const { keyId } = await ask(desk, 'rotateKey', routes.rotateKey.path, jsonBody({ keyId: keyIdOf(keys.at(-1)?.publicKey ?? '') }))
  if (!desk.json) desk.print(desk.say('keyRotated', { keyId, number: keys.length + 1 }))
  return exitCodes.done
}

export async function root(desk: Desk): Promise<ExitCode> {
  const { serviceId } = await ask({ ...desk, json: false }, 'describe', routes.describe.path)
  const { roots } = await ask(desk, 'roots', routes.roots.path)
  const newest = roots.at(-1)
  if (desk.json) return exitCodes.done
  if (!newest) {
    desk.print(desk.say('noRoot'))
    return exitCodes.done
  }
  const hash = rootHash(digest, serviceId, { ...newest, at: Date.parse(newest.at) })
  desk.print(desk.say('root', { day: newest.day, fingerprint: rootFingerprint(Buffer.from(hash, 'base64url')), keyId: newest.keyId }))
  return exitCodes.done
}
