import type { Problem } from '#contracts/service/problem.ts'
import { declines } from '#core/failure/declines.ts'
import { type Fault, faults } from '#core/failure/faults.ts'
import type { Decline } from '#core/failure/outcome.ts'
import { sayFailure } from '#locales/failures.ts'

export const problemType = 'application/problem+json; charset=utf-8'

/** A refusal as problem+json. `status` where HTTP has a closer word than the decline's own (413, 415, 408). */
export function declineProblem({ code, detail }: Decline, status: number = declines[code].status): Problem {
  const { what } = sayFailure('en', { kind: 'decline', code, detail }, new Date(0))
  return { type: `urn:okpay:decline:${code}`, title: what, status, code, detail: { ...detail }, reference: '' }
}

/** A fault as problem+json: its cause stays in the log, under `reference`. */
export function faultProblem({ code }: Fault, reference: string, status: number = faults[code].status): Problem {
  const { what } = sayFailure('en', { kind: 'fault', code, detail: {} }, new Date(0))
  return { type: `urn:okpay:fault:${code}`, title: what, status, code, detail: {}, reference }
}
