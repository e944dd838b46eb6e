import type { z } from 'zod'
import { bridge, type MethodName, methodNames } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import type { Method, When } from '#contracts/wire/method.ts'
import type { DeclineCode } from '#core/failure/declines.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome } from '#core/failure/outcome.ts'
import type { Caller } from '../ports.ts'
import type { Features } from './implement.ts'
import { causeOf, type Log } from './log.ts'

export type Standing = 'first_run' | 'locked' | 'unreadable' | 'signed_out' | 'signed_in'

/** The largest input, as JSON: a question of 4,000 characters fits many times over. */
export const largestInput = 64 * 1024

export type DispatchParts = {
  readonly standing: () => Standing
  readonly features: () => Features
  readonly log: Log
  readonly ids: () => string
  /** A call that a person made by an act of their own, in the window or the terminal. */
  readonly onAct: () => void
  /** A fault came out of a method; the wallet may have to close what is damaged. */
  readonly onFault: (fault: Fault) => Promise<void>
}

const isMethodName = (name: string): name is MethodName => methodNames.some(known => known === name)

/** Undefined where the session's state allows it. */
function refusal(when: When, standing: Standing): DeclineCode | undefined {
  const isOpen = standing === 'signed_out' || standing === 'signed_in'
  switch (when) {
    case 'always':
      return undefined
    case 'first_run':
      return standing === 'first_run' ? undefined : 'wallet_exists'
    case 'locked':
      return standing === 'locked' ? undefined : 'not_allowed'
    case 'unlocked':
      return isOpen ? undefined : 'wallet_locked'
    case 'signed_in':
      return standing === 'signed_in' ? undefined : isOpen ? 'not_signed_in' : 'wallet_locked'
  }
}

/** Reads that only a person asks for; the other reads are the window's own answer to news. */
const personalReads: ReadonlySet<string> = new Set(['payments.review', 'history.detail', 'statements.preview', 'app.measurePassword'])

const isAct = (name: MethodName, { access }: Method, input: unknown): boolean =>
  access === 'write' ||
  personalReads.has(name) ||
  (name === 'history.page' && typeof input === 'object' && input !== null && 'after' in input && input.after !== null)

function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

type Run = (input: unknown, caller: Caller) => Promise<Outcome<unknown>>

/** The contract's row and, where the feature is open, what answers. The one place in which names become functions: all types were checked by `Feature`. */
function find(features: Features, name: MethodName): { method: Method; run: Run | undefined } {
  const [feature = '', member = ''] = name.split('.')
  const table = bridge as Record<string, Record<string, Method>>
  const answering = features as Record<string, Record<string, Run> | undefined>
  const method = table[feature]?.[member]
  if (!method) throw new TypeError('a listed method stands in the contract')
  return { method, run: answering[feature]?.[member] }
}

/** Which members of an input were wrong, never what they held. */
const wrongMembers = (error: z.ZodError): string =>
  [...new Set(error.issues.map(issue => issue.path.map(String).join('.')))].join(',').slice(0, 200)

const decline = ({ decline: { code, detail } }: ReturnType<typeof no>): Envelope<never> => ({ ok: false, kind: 'decline', code, detail })

/**
 * The one door of the wallet: known method, size, parse in, authorise by the session's state, run, parse out, envelope. Never throws.
 * What a bug said stays in here: the caller gets the fault `unexpected` and a reference, the log the reference and the error's class.
 */
export function createDispatch({ standing, features, log, ids, onAct, onFault }: DispatchParts) {
  /** A wallet that was locked while it worked says nothing of what it found. */
  const closedMeanwhile = (when: When): boolean =>
    (when === 'unlocked' || when === 'signed_in') && refusal('unlocked', standing()) !== undefined

  async function failed(method: MethodName, error: unknown): Promise<Envelope<never>> {
    if (standing() === 'locked' && closedMeanwhile(find({}, method).method.when)) return decline(no('wallet_locked'))
    const fault = error instanceof Fault ? error : new Fault('unexpected', { cause: error })
    const reference = ids()
    log.error({ event: 'fault', method, code: fault.code, reference, cause: fault.cause === undefined ? 'none' : causeOf(fault.cause) })
    await onFault(fault)
    return { ok: false, kind: 'fault', code: fault.code, reference }
  }

  async function run(name: MethodName, input: unknown, caller: Caller): Promise<Envelope<unknown>> {
    const { method } = find({}, name)
    if (sizeOf(input) > largestInput) return decline(no('input_invalid', { members: 'size' }))
    const parsed = method.input.safeParse(input ?? {})
    if (!parsed.success) return decline(no('input_invalid', { members: wrongMembers(parsed.error) }))
    const refused = refusal(method.when, standing())
    if (refused) return decline(no(refused))
    if (isAct(name, method, input)) onAct()
    const found = find(features(), name).run
    if (!found) return decline(no('wallet_locked'))
    const outcome = await found(parsed.data, caller)
    if (closedMeanwhile(method.when)) return decline(no('wallet_locked'))
    if (!outcome.ok) return decline(outcome)
    return { ok: true, value: method.output.parse(outcome.value) }
  }

  return async (name: string, input: unknown, caller: Caller): Promise<Envelope<unknown>> => {
    if (!isMethodName(name)) return decline(no('not_found'))
    try {
      return await run(name, input, caller)
    } catch (error) {
      return await failed(name, error)
    }
  }
}
