import { z } from 'zod'
import type { Command, CommandBody, CommandType } from '#contracts/service/commands.ts'
import type { CommandAnswer } from '#contracts/service/money.ts'
import { personalText, rotationText, signedText } from '#contracts/service/signing.ts'
import { id } from '#contracts/wire/scalars.ts'
import type { Payment } from '#contracts/wire/shapes.ts'
import { type DeclineCode, declines } from '#core/failure/declines.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Decline, Outcome } from '#core/failure/outcome.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Clock, Network } from '../ports.ts'
import { deviceKey } from '../vault/deviceKey.ts'
import type { Connection } from './connection.ts'
import { createFeed } from './feed.ts'
import { createMirror, type Mirror, type News } from './mirror.ts'
import { createOutbox, type Outbox, type OutboxIntent, type Sent } from './outbox.ts'
import { pendingOf } from './pendingPayment.ts'
import { createPersonal, type Personal } from './personal.ts'
import { createProvider, type Provider } from './provider.ts'
import { createRootWatch } from './rootWatch.ts'
import type { CallOptions, RouteInput, RouteOutput } from './serviceClient.ts'
import { createServiceKeys } from './serviceKeys.ts'
import { createSessionToken } from './sessionToken.ts'

/** The session as the wallet keeps it, inside the encryption. */
export const session = z.strictObject({ token: z.string(), deviceId: z.string(), keyId: z.string(), serviceId: z.string(), holderId: id })
export type Session = z.infer<typeof session>

/** The setting that holds it. */
export const sessionSetting = 'session'

/** The account that is signed in: its session, its outbox and its feed. */
export type SignedIn = {
  /** As it is now: its token is exchanged once a day. */
  readonly session: Session
  readonly outbox: Outbox
  readonly mirror: Mirror
  readonly personal: Personal
  /** A call with the session's token, only ever to the service that gave it. Faults as `ServiceClient.call`. */
  call<
    R extends
      | 'roots'
      | 'inclusions'
      | 'feed'
      | 'snapshot'
      | 'order'
      | 'topUpOffer'
      | 'simulateTransfer'
      | 'signOut'
      | 'devices'
      | 'writePersonal'
      | 'readPersonal'
      | 'safety'
      | 'setUpApp'
      | 'confirmApp'
      | 'turnOff'
      | 'turnOnMail'
      | 'renewRecovery'
      | 'accountLock'
      | 'freezeAccount'
      | 'unfreezeAccount'
      | 'setLine'
      | 'challenge'
      | 'sendChallengeCode'
      | 'answerChallenge'
      | 'mailsSent'
      | 'setMailPhrase'
      | 'changePassword'
      | 'stopReset'
      | 'contactDetails'
      | 'startContactChange'
      | 'finishContactChange'
      | 'identity'
      | 'addDocument'
      | 'removeDocument'
      | 'documentPage',
  >(route: R, input: RouteInput<R>, options?: CallOptions): Promise<Outcome<RouteOutput<R>>>
  /** A command through the outbox. Fault: clock_wrong. Declines: id_reused, and those that end the session. */
  command<T extends CommandType>(id: string, type: T, body: CommandBody<T>, context?: unknown): Promise<Outcome<Sent>>
  readonly provider: Provider
  /** Asks for what is new and checks all of it. Faults as `call`. */
  check(): Promise<void>
  /** The person goes on in spite of this mismatch: reads and checks everything anew. False where it is not the mismatch of now. */
  goOn(mismatchId: string): Promise<boolean>
  start(): void
  /** The service may be there again: ask at once. */
  wake(): void
  /** Resolves once nothing of it writes any more. */
  stop(): Promise<void>
}

type SignedInParts = {
  readonly session: Session
  readonly seed: Uint8Array
  readonly store: WalletStore
  readonly connection: Connection
  readonly network: Network
  readonly clock: Clock
  readonly ids: () => string
  readonly onNews: (news: News) => void
  /** The service has ended this session. */
  readonly onOver: () => void
  /** The session has run out: nothing is asked any more until the person signs in again. */
  readonly onExpired: () => void
  /** Something went wrong in the background; a fault of the outside world mends itself. */
  readonly onBug: (error: unknown) => void
}

const ends: ReadonlySet<string> = new Set(['not_signed_in', 'device_revoked'])
/** A question to a person moves no money, and a device that is lost is signed out at once: they may carry a wrong time. */
const anyClock: ReadonlySet<CommandType> = new Set(['question.ask', 'device.rename', 'device.revoke', 'risk.answer'])

const everything = ['provider', 'account', 'balances', 'history', 'topUps', 'payments', 'limits', 'support', 'devices'] as const
const spends: ReadonlySet<CommandType> = new Set(['payment.confirm'])

const isDeclineCode = (code: string): code is DeclineCode => Object.hasOwn(declines, code)

/** A decline as the service wrote it into an answer; a code that this build does not know is garbage. */
function readDecline({ code, detail }: { readonly code: string; readonly detail: Record<string, string> }): Decline {
  if (!isDeclineCode(code)) throw new Fault('service_garbage')
  return { code, detail }
}

/** The value of a command that a person waits for. Throws the fault where the command is saved and waits. */
export function resultOf<T>(sent: Outcome<Sent>, pick: (answer: Extract<CommandAnswer, { ok: true }>) => T | undefined): Outcome<T> {
  if (!sent.ok) return sent
  if (sent.value.state === 'waiting') throw new Fault(sent.value.fault)
  const { answer } = sent.value
  if (!answer.ok) return { ok: false, decline: readDecline(answer.decline) }
  const value = pick(answer)
  if (value === undefined) throw new Fault('service_garbage')
  return { ok: true, value }
}

/** What the answer of a saved payment makes of it. */
function answeredPayment(intent: OutboxIntent, answer: CommandAnswer, now: number): Payment | undefined {
  const pending = pendingOf(intent)
  if (answer.payment ?? !pending) return answer.payment
  if (answer.ok || !pending) return undefined
  const at = new Date(now).toISOString()
  return { ...pending, state: 'declined', decline: answer.decline, timeline: [...pending.timeline, { state: 'declined', at }] }
}

const nudgeUrl = (baseUrl: string): string => `${baseUrl.replace(/^http/, 'ws')}/v1/socket`

/** Puts together what an account needs while it is signed in; nothing runs before `start`. */
export function createSignedIn(parts: SignedInParts): SignedIn {
  const { store, connection, clock } = parts
  const { deviceId, keyId, serviceId } = parts.session
  const key = deviceKey(parts.seed, keyId)
  const mirror = createMirror(store, clock)
  const stopping = new AbortController()

  /** Another service at the same address gets neither the token nor a command. */
  async function identify(): Promise<void> {
    if ((await connection.describe()).serviceId === serviceId) return
    connection.doubt()
    throw new Fault('service_garbage')
  }

  /** A session that ran out rests, with all that is here; one that was ended is forgotten. */
  function hear<T>(outcome: Outcome<T>): Outcome<T> {
    if (outcome.ok) return outcome
    if (outcome.decline.code === 'session_expired') {
      feed.stop()
      outbox.stop()
      parts.onExpired()
    } else if (ends.has(outcome.decline.code)) parts.onOver()
    return outcome
  }

  const token = createSessionToken({
    session: parts.session,
    exchange(old) {
      const at = new Date(clock.now() + (connection.clockOffset() ?? 0)).toISOString()
      const signature = key.sign(rotationText(serviceId, deviceId, at))
      return connection.client.call('rotateSession', { at, signature }, { token: old, signal: stopping.signal })
    },
    keep: async next => {
      // Whoever is stopped is forgotten or another by now.
      if (!stopping.signal.aborted) await store.keepSetting(sessionSetting, JSON.stringify(next))
    },
  })

  const call: SignedIn['call'] = async (route, input, options = {}) => {
    await identify()
    const signal = AbortSignal.any([stopping.signal, ...(options.signal ? [options.signal] : [])])
    return hear(await token.ask(now => connection.client.call(route, input, { ...options, token: now, signal })))
  }

  const keys = createServiceKeys({
    store,
    serviceId,
    async ask() {
      connection.doubt()
      await identify()
      return (await connection.describe()).keys
    },
  })
  const tellProvider = (): void => parts.onNews({ topics: new Set(['provider']), arrived: [] })
  const provider = createProvider({
    ...{ store, clock, mirror, keys, serviceId, ids: parts.ids, holderId: parts.session.holderId },
    serviceUrl: connection.baseUrl,
    onVerified: tellProvider,
    onStopped() {
      feed.stop()
      tellProvider()
    },
  })

  const sign = (unsigned: Omit<Command, 'signature'>): string => key.sign(signedText(serviceId, deviceId, unsigned))

  const outbox = createOutbox({
    store,
    clock,
    onBug: parts.onBug,
    sign,
    async post(command: Command) {
      // What was confirmed before waits too: nothing is spent on the word of a service whose books do not add up.
      if (spends.has(command.type) && (await provider.isStopped())) throw new Fault('provider_mismatch')
      await identify()
      // By the key of now: what was saved before the person signed in again is this session's wish too. The same key signs the same bytes.
      const { signature: _, ...unsigned } = command
      const signed = { ...unsigned, signature: sign(unsigned) }
      return hear(await token.ask(now => connection.client.call('command', signed, { token: now, signal: stopping.signal })))
    },
    async onSaved(intent) {
      const pending = pendingOf(intent)
      if (!pending) return
      await mirror.keepPending(pending)
      parts.onNews({ topics: new Set(['payments', 'history']), arrived: [] })
    },
    async onAnswer(intent, answer) {
      const payment = answeredPayment(intent, answer, clock.now())
      const topUp = answer.ok ? answer.topUp : undefined
      if (!payment && !topUp) return
      await mirror.keepAnswer({ ...(payment ? { payment } : {}), ...(topUp ? { topUp } : {}) })
      parts.onNews({ topics: new Set(payment ? ['payments', 'history'] : ['topUps', 'history']), arrived: [] })
    },
  })

  /** A fault of the outside world mends itself, and a mismatch is the provider's. */
  function tellBug(error: unknown): void {
    const isBug = !(error instanceof Fault) && !(error instanceof ProviderMismatch)
    if (isBug || (error instanceof Fault && error.code === 'database_damaged')) parts.onBug(error)
  }

  const rootWatch = createRootWatch({ clock, provider, call, catchUp: () => feed.catchUp(), onFault: tellBug })

  const personal = createPersonal({
    ...{ store, clock, deviceId, call, onFault: tellBug },
    sign: registers => key.sign(personalText(serviceId, deviceId, registers)),
    async clockOffset(anew) {
      if (anew) connection.doubt()
      await identify()
      return connection.clockOffset()
    },
    onNews: topics => parts.onNews({ topics: new Set(topics), arrived: [] }),
  })

  /** Below it the feed is not asked again: the snapshot stands in its place. */
  let compactedTo = 0
  const feed = createFeed({
    clock,
    mirror: provider,
    cursor: () => store.cursor(),
    async fetchPage(after, waitMs, signal) {
      if (after >= compactedTo) {
        const outcome = await call('feed', { after, waitMs }, { signal, timeoutMs: waitMs + 10_000 })
        if (outcome.ok) return outcome.value
        if (outcome.decline.code !== 'feed_compacted') throw new Fault('service_garbage')
      }
      const snapshot = await call('snapshot', { after }, { signal })
      if (!snapshot.ok) throw new Fault('service_garbage')
      compactedTo = snapshot.value.upTo
      return snapshot.value
    },
    openSocket() {
      const base = connection.baseUrl()
      if (base === undefined) return undefined
      const socket = parts.network.socket(nudgeUrl(base), { authorization: `Bearer ${token.current().token}` })
      socket.onClose(connection.doubt)
      return socket
    },
    onNews(news) {
      outbox.wake()
      if (news.topics.has('personal')) personal.wake()
      parts.onNews(news)
    },
    onCaughtUp: rootWatch.look,
    onFault: tellBug,
  })

  return {
    get session() {
      return token.current()
    },
    outbox,
    mirror,
    personal,
    provider,
    call,
    async command(id, type, body, context = null) {
      if (!anyClock.has(type)) await connection.checkClock()
      return outbox.send(id, type, body, context)
    },
    async check() {
      if (await provider.isStopped()) return
      try {
        await feed.catchUp()
        await rootWatch.follow()
      } catch (error) {
        if (!(error instanceof ProviderMismatch)) throw error
      }
    },
    async goOn(mismatchId) {
      if (!(await provider.goOn(mismatchId))) return false
      for (const intent of await outbox.open()) {
        const pending = pendingOf(intent)
        if (pending) await mirror.keepPending(pending)
      }
      parts.onNews({ topics: new Set(everything), arrived: [] })
      feed.start()
      outbox.wake()
      return true
    },
    start() {
      outbox.start()
      personal.start()
      provider
        .isStopped()
        .then(isStopped => {
          if (!isStopped && !stopping.signal.aborted) feed.start()
        })
        .catch(parts.onBug)
    },
    wake() {
      outbox.wake()
      personal.wake()
      feed.wake()
    },
    async stop() {
      stopping.abort()
      feed.stop()
      outbox.stop()
      await Promise.all([personal.stop(), rootWatch.idle()])
      await mirror.close()
    },
  }
}
