import type { z } from 'zod'

/**
 * Who may call: anybody, a registered device's session, an operator, or the owner of the sandbox (only while it is one). `signer` is a session whose
 * device signs what it asks for; whether it still may is decided where that is done. `device`: as a signer, or to leave, also by a token that is good for
 * nothing else any more.
 */
export type Caller = 'anyone' | 'session' | 'signer' | 'device' | 'operator' | 'sandbox'

/** One HTTP route. Path parameters stand in braces and are part of `input`, as are the query of a GET and the body of a POST. */
export type Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, C extends Caller = Caller> = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: `/v1/${string}`
  readonly caller: C
  readonly input: I
  readonly output: O
  readonly summary: string
}

/** Keeps who may call as a literal, so that a handler is given just that caller. */
export const route = <I extends z.ZodType, O extends z.ZodType, C extends Caller>(row: Route<I, O, C>): Route<I, O, C> => row
