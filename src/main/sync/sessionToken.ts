import type { DeclineCode } from '#core/failure/declines.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import { createTurns } from './turns.ts'

/** The session with its token of now: the service has it exchanged by the device's key once a day. */
type SessionToken<Session> = {
  current(): Session
  /**
   * Asks with the token; where the service says that it is to be exchanged first, exchanges it and asks again. Declines and faults as what is asked, beside
   * session_stale: the exchange was refused for a reason of its own, such as the clock of one instance, and is to be tried again.
   */
  ask<T>(ask: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>>
}

type TokenParts<Session> = {
  readonly session: Session
  /** Asks the service for another token in the place of this one. */
  readonly exchange: (token: string) => Promise<Outcome<{ readonly token: string }>>
  /** On disk when it resolves: before the new token is used, so that a crash leaves one that is good. */
  readonly keep: (session: Session) => Promise<void>
}

const sessionIsOver: ReadonlySet<DeclineCode> = new Set(['not_signed_in', 'device_revoked', 'session_expired'])

export function createSessionToken<Session extends { readonly token: string }>({
  session,
  exchange,
  keep,
}: TokenParts<Session>): SessionToken<Session> {
  const inTurn = createTurns()
  let now = session

  /** Once, however many were told so at the same time. */
  const exchanged = (old: string): Promise<Outcome<unknown>> =>
    inTurn(async () => {
      if (now.token !== old) return { ok: true, value: null } as const
      const outcome = await exchange(old)
      if (!outcome.ok) return outcome
      const next = { ...now, token: outcome.value.token }
      await keep(next)
      now = next
      return outcome
    })

  return {
    current: () => now,
    async ask(ask) {
      const { token } = now
      const outcome = await ask(token)
      if (outcome.ok || outcome.decline.code !== 'session_stale') return outcome
      const another = await exchanged(token)
      if (another.ok) return ask(now.token)
      // A refusal of the exchange is no answer to what was asked: a wish would be told as declined that no service ever saw.
      return sessionIsOver.has(another.decline.code) ? another : outcome
    },
  }
}
