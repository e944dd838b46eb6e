import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { id } from '../wire/scalars.ts'
import { riskAlert } from '../wire/shapes.ts'

const nothing = z.strictObject({})
const shown = riskAlert.extend({ isThisDevice: z.boolean() })

/** Payments of this account that were not simply allowed. */
export const risk = {
  /** Newest first; kept here, so also told out of the service's reach. */
  alerts: read({ input: nothing, output: z.strictObject({ alerts: z.array(shown) }), when: 'signed_in' }),
  /**
   * Whether it was the person: `id` is the command's. "Not me" stops payments, signs the device out that asked, and opens a question to support. Declines:
   * not_found, risk_answered.
   */
  answer: write({ input: z.strictObject({ id, alertId: id, mine: z.boolean() }), output: riskAlert, when: 'signed_in' }),
}

export type RiskAlertView = z.infer<typeof shown>
