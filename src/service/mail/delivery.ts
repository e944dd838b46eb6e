import type { Instant } from '#core/ledger/command.ts'
import type { MailRecord } from '#storage/featureRepositories.ts'
import type { ServicePorts } from '../ports.ts'

/** The wait after the first failed try, the second, ...; the last one holds for all further tries. */
const waitsMs = [5_000, 15_000, 60_000, 300_000, 900_000] as const
const longestWaitMs = Math.max(...waitsMs)
/** A mail that was taken and not heard of again (the process ended) is taken once more after this. */
const leaseMs = 120_000
const batch = 10
const longestSleepMs = 60_000
/** What left or was given up is kept so long; the sandbox's mailbox too. */
const keptMs = 30 * 86_400_000

type Problem = { readonly what: string; readonly isFinal: boolean }

/** The code of the mail library or of the server, without the server's words: they may hold an address. A recipient that is refused stays refused. */
function problemOf(error: unknown): Problem {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return { what: 'EUNKNOWN', isFinal: false }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'EUNKNOWN'
  const status = 'responseCode' in cause && typeof cause.responseCode === 'number' ? cause.responseCode : 0
  const isRecipient = 'command' in cause && cause.command === 'RCPT TO'
  return { what: status ? `${code} ${status}` : code, isFinal: isRecipient && status >= 500 }
}

function afterFailure(mail: MailRecord, { what, isFinal }: Problem, now: Instant): MailRecord {
  const wait = waitsMs[Math.min(mail.tries, waitsMs.length) - 1] ?? waitsMs[0]
  const nextTryAt = now + wait
  const isOver = isFinal || nextTryAt > mail.goodUntil
  return isOver ? { ...mail, state: 'failed', text: '', problem: what } : { ...mail, nextTryAt, problem: what }
}

/** `stop` lets the mails that are under way end. */
export type MailDelivery = { wake(): void; stop(): Promise<void> }

/**
 * Sends what stands in the outbox, as it comes and again after failures, until stopped. Several services on one book share the work: each mail
 * is taken for a while. A mail may arrive twice where a server took it and the line broke before it said so; it never gets lost.
 */
export function startMailDelivery({
  store,
  mailer,
  clock,
  after,
  log,
}: Pick<ServicePorts, 'store' | 'mailer' | 'clock' | 'after' | 'log'>): MailDelivery {
  let cancel: () => void = () => undefined
  let running: Promise<void> | undefined
  let isAsked = false
  let isStopped = false

  async function deliver(mail: MailRecord): Promise<void> {
    let result: MailRecord
    try {
      await mailer.send(mail)
      result = { ...mail, state: 'sent', text: '', problem: null, sentAt: clock() }
    } catch (error) {
      result = afterFailure(mail, problemOf(error), clock())
      log.error({ event: result.state === 'failed' ? 'mail_given_up' : 'mail_retried', reference: mail.id, cause: result.problem ?? '' })
    }
    await store.write(tx => tx.mails.save(result))
  }

  async function round(): Promise<void> {
    for (;;) {
      isAsked = false
      const mails = await store.write(tx => tx.mails.claim(clock(), leaseMs, batch))
      await Promise.all(mails.map(deliver))
      if (isStopped || (mails.length < batch && !isAsked)) break
    }
    const next = await store.write(async tx => {
      await tx.mails.forget(clock() - keptMs)
      await tx.mails.bringForward(clock(), clock() + longestWaitMs)
      return tx.mails.nextDueAt()
    })
    sleep(next === undefined ? longestSleepMs : Math.min(Math.max(next - clock(), 100), longestSleepMs))
  }

  function sleep(ms: number): void {
    if (isStopped) return
    cancel()
    cancel = after(ms, wake)
  }

  function wake(): void {
    isAsked = true
    if (running || isStopped) return
    running = round()
      .catch((error: unknown) => {
        log.error({ event: 'mail_delivery', cause: error instanceof Error ? error.message : 'unknown' })
        sleep(longestSleepMs)
      })
      .finally(() => {
        running = undefined
        if (isAsked) wake()
      })
  }

  const unsubscribe = store.onChange(change => {
    if (change.type === 'mail') wake()
  })
  wake()
  return {
    wake,
    stop: async () => {
      isStopped = true
      isAsked = false
      cancel()
      unsubscribe()
      await running
    },
  }
}
