import type { z } from 'zod'

/** Who may call: anybody, a registered device's session, an operator, or the owner of the sandbox (only while it is one). */
export type Caller = 'anyone' | 'session' | 'operator' | 'sandbox'

/** One HTTP route. Path parameters stand in braces and are part of `input`, as are the query of a GET and the body of a POST. */
export type Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: `/v1/${string}`
  readonly caller: Caller
  readonly input: I
  readonly output: O
  readonly summary: string
}

export const route = <I extends z.ZodType, O extends z.ZodType>(row: Route<I, O>): Route<I, O> => row
