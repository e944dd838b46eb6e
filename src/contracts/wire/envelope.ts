import { z } from 'zod'
import { type DeclineCode, declineCodes } from '#core/failure/declines.ts'
import { type FaultCode, faults } from '#core/failure/faults.ts'

const faultCodes = Object.keys(faults) as [FaultCode, ...FaultCode[]]

/** A refusal, with what its sentence needs. */
const declineEnvelope = z.strictObject({
  ok: z.literal(false),
  kind: z.literal('decline'),
  code: z.enum(declineCodes as [DeclineCode, ...DeclineCode[]]),
  detail: z.record(z.string(), z.string()),
})

/** The outside world failed; `reference` finds the line in the log. */
const faultEnvelope = z.strictObject({
  ok: z.literal(false),
  kind: z.literal('fault'),
  code: z.enum(faultCodes),
  reference: z.string(),
})

export const failureEnvelope = z.discriminatedUnion('kind', [declineEnvelope, faultEnvelope])

export type FailureEnvelope = z.infer<typeof failureEnvelope>
export type Envelope<T> = { ok: true; value: T } | FailureEnvelope
