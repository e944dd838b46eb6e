import { z } from 'zod'
import { type Check, type CheckState, checkStates, checks, type Finding, findings } from '#core/securityCentre/review.ts'
import { instant } from './scalars.ts'

const findingNames = Object.keys(findings) as [Finding, ...Finding[]]

/** One thing that is looked at, what was found, and what the sentence of it names. */
export const checkRow = z.strictObject({
  check: z.enum(checks satisfies readonly Check[]),
  finding: z.enum(findingNames),
  state: z.enum(checkStates satisfies readonly CheckState[]),
  at: instant.nullable(),
  count: z.number().int().nullable(),
  name: z.string().nullable(),
})

/** A mail that the service wrote to the holder: its subject as it stands in the mailbox, without its text. `sentAt` is null while it waits. */
export const mailSent = z.strictObject({
  id: z.string(),
  subject: z.string(),
  to: z.string(),
  writtenAt: instant,
  sentAt: instant.nullable(),
})

export type CheckRowWire = z.infer<typeof checkRow>
