import { z } from 'zod'
import { type Command, type CommandBody, type CommandType, command } from '#contracts/service/commands.ts'
import { type CommandAnswer, commandAnswer } from '#contracts/service/money.ts'
import { canonicalJson } from '#contracts/service/signing.ts'
import { declines } from '#core/failure/declines.ts'
import { Fault, type FaultCode } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Intent, WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import { createTurns } from './turns.ts'
import { backOffMs, createAlarm } from './waiting.ts'

/** What became of a command: the service's first answer, or that it is saved and will be sent again by itself. */
export type Sent = { readonly state: 'answered'; readonly answer: CommandAnswer } | { readonly state: 'waiting'; readonly fault: FaultCode }

export type OutboxIntent = { readonly command: Command; readonly context: unknown }

export type Outbox = {
  /**
   * Signs, saves, then sends. The same id again sends the same wish, byte by byte while the session is the same, and gives the first answer; with another wish it is declined id_reused.
   * Declines beside: device_revoked and not_signed_in, where the session is over. `context` is kept with the intent and not sent.
   */
  send<T extends CommandType>(id: string, type: T, body: CommandBody<T>, context: unknown): Promise<Outcome<Sent>>
  /** Intents without an answer, oldest first. */
  open(): Promise<readonly OutboxIntent[]>
  /** Sends again what was not answered, now and then with growing waits until all is. */
  start(): void
  /** The service is there again: no need to wait. */
  wake(): void
  stop(): void
}

type OutboxParts = {
  readonly store: WalletStore
  readonly clock: Clock
  readonly sign: (unsigned: Omit<Command, 'signature'>) => string
  /** One exchange with the service. Throws faults. */
  readonly post: (command: Command) => Promise<Outcome<CommandAnswer>>
  /** Told once a wish is on disk and before it is sent, and again for each open one at the start. */
  readonly onSaved: (intent: OutboxIntent) => Promise<void>
  /** Told before the answer is kept, so that a crash between the two tells it once more. */
  readonly onAnswer: (intent: OutboxIntent, answer: CommandAnswer) => Promise<void>
  readonly onBug: (error: unknown) => void
}

const saved = z.object({ command, context: z.unknown() })
const longestWaitMs = 15_000
const outOfReach: ReadonlySet<FaultCode> = new Set(['service_offline', 'service_timeout', 'service_sealed', 'service_busy'])
const sessionIsOver: ReadonlySet<string> = new Set(['not_signed_in', 'device_revoked', 'session_expired', 'session_stale'])

const readIntent = ({ json }: Intent): OutboxIntent => {
  const { command, context } = saved.parse(JSON.parse(json))
  return { command, context }
}

/** Keeps every wish on disk from before it is sent until it is answered; see money rule 6 of ARCHITECTURE.md. */
export function createOutbox({ store, clock, sign, post, onSaved, onAnswer, onBug }: OutboxParts): Outbox {
  const inFlight = new Map<string, Promise<Outcome<Sent>>>()
  const alarm = createAlarm(clock)
  const inTurn = createTurns()
  let isRunning = false
  let failures = 0

  /** One exchange. A refusal before it became a command is its answer too, unless it only says "later" or "sign in again". */
  async function exchange(intent: OutboxIntent): Promise<Outcome<Sent>> {
    let outcome: Outcome<CommandAnswer>
    try {
      outcome = await post(intent.command)
    } catch (error) {
      if (error instanceof Fault) return ok({ state: 'waiting', fault: error.code })
      throw error
    }
    if (!outcome.ok && sessionIsOver.has(outcome.decline.code)) return outcome
    if (!outcome.ok && declines[outcome.decline.code].status === 429) return ok({ state: 'waiting', fault: 'service_busy' })
    const answer: CommandAnswer = outcome.ok
      ? outcome.value
      : { ok: false, feed: 0, decline: { code: outcome.decline.code, detail: { ...outcome.decline.detail } } }
    await onAnswer(intent, answer)
    await store.answerIntent(intent.command.id, JSON.stringify(answer))
    return ok({ state: 'answered', answer })
  }

  function exchangeOnce(intent: OutboxIntent): Promise<Outcome<Sent>> {
    const running = inFlight.get(intent.command.id)
    if (running) return running
    const mine = exchange(intent).finally(() => inFlight.delete(intent.command.id))
    inFlight.set(intent.command.id, mine)
    return mine
  }

  type Found = { readonly intent: OutboxIntent; readonly answer: string | null }

  /** One at a time: the same wish twice at once is one intent. */
  async function findOrSave(id: string, type: CommandType, body: Command['body'], context: unknown): Promise<Outcome<Found>> {
    const earlier = await store.intent(id)
    if (!earlier) return ok({ intent: await saveNew(id, type, body, context), answer: null })
    const intent = readIntent(earlier)
    const isSame = intent.command.type === type && canonicalJson(intent.command.body) === canonicalJson(body)
    return isSame ? ok({ intent, answer: earlier.answer }) : no('id_reused', { id })
  }

  async function saveNew(id: string, type: CommandType, body: Command['body'], context: unknown): Promise<OutboxIntent> {
    const unsigned = { id, type, body, madeAt: new Date(clock.now()).toISOString() }
    const intent = { command: { ...unsigned, signature: sign(unsigned) }, context }
    await store.saveIntent({ id, type, json: JSON.stringify(intent), madeAt: clock.now() })
    await onSaved(intent)
    return intent
  }

  /**
   * In the order in which they were made. A service that is out of reach ends the round; one that only stumbles over a single wish does not keep
   * the others waiting. False where one has to be sent again.
   */
  async function sendAll(): Promise<boolean> {
    let isEmpty = true
    for (const intent of await store.openIntents()) {
      if (!isRunning) return true
      const outcome = await exchangeOnce(readIntent(intent))
      if (!outcome.ok) return false
      if (outcome.value.state !== 'waiting') continue
      isEmpty = false
      if (outOfReach.has(outcome.value.fault)) return false
    }
    return isEmpty
  }

  async function run(): Promise<void> {
    let isTold = false
    const round = async (): Promise<boolean> => {
      // Tried anew in each round: a disk that is full for a moment must not keep what was saved from being sent.
      if (!isTold) for (const intent of await store.openIntents()) await onSaved(readIntent(intent))
      isTold = true
      return sendAll()
    }
    while (isRunning) {
      const isEmpty = await round().catch(error => {
        onBug(error)
        return false
      })
      failures = isEmpty ? 0 : failures + 1
      if (isRunning) await alarm.sleep(isEmpty ? longestWaitMs : backOffMs(failures, longestWaitMs))
    }
  }

  return {
    async send(id, type, body, context) {
      const found = await inTurn(() => findOrSave(id, type, { ...body }, context))
      if (!found.ok) return found
      const { intent, answer } = found.value
      if (answer !== null) return ok({ state: 'answered', answer: commandAnswer.parse(JSON.parse(answer)) })
      const sent = await exchangeOnce(intent)
      if (sent.ok && sent.value.state === 'waiting') alarm.wake()
      return sent
    },
    open: async () => (await store.openIntents()).map(readIntent),
    start() {
      if (isRunning) return
      isRunning = true
      run().catch(onBug)
    },
    wake() {
      failures = 0
      alarm.wake()
    },
    stop() {
      isRunning = false
      alarm.wake()
    },
  }
}
