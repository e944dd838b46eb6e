import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { checkRow, mailSent } from '../wire/securityCentre.ts'
import { limit } from '../wire/shapes.ts'

const nothing = z.strictObject({})
const overview = z.strictObject({ rows: z.array(checkRow), limits: z.array(limit) })

/** "Am I safe?": what protects the account and this wallet, what is missing, and what the service has written. */
export const securityCentre = {
  /** Answers also while the service cannot be reached: what only it knows is `unreachable` then. */
  overview: read({ input: nothing, output: overview, when: 'signed_in' }),
  /** Asks the service: faults of the service. */
  mails: read({ input: nothing, output: z.strictObject({ mails: z.array(mailSent) }), when: 'signed_in' }),
  /** The phrase that stands in each mail from the service. Declines: mail_phrase_invalid, mail_phrase_known, second_factor_required. */
  setPhrase: write({
    input: z.strictObject({ phrase: z.string().max(400), proof: z.string().max(100).nullable() }),
    output: overview,
    when: 'signed_in',
  }),
  /** The questions about fraud were all answered; kept in this wallet. */
  finishCheck: write({ input: nothing, output: overview, when: 'signed_in' }),
}

export type SecurityOverview = z.infer<typeof overview>
