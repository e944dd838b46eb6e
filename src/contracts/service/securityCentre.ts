import { z } from 'zod'
import { safety } from '../wire/secondFactor.ts'
import { mailSent } from '../wire/securityCentre.ts'
import { route } from './route.ts'

export const securityCentreRoutes = {
  /** Declines: mail_phrase_invalid, mail_phrase_known, second_factor_required. */
  setMailPhrase: route({
    method: 'POST',
    path: '/v1/mail-phrase',
    caller: 'session',
    input: z.strictObject({ phrase: z.string().max(400), proof: z.string().max(100).nullable() }),
    output: safety,
    summary: 'Choose the phrase that stands in each mail to the holder; told by mail and on every device',
  }),
  mailsSent: route({
    method: 'GET',
    path: '/v1/mails',
    caller: 'session',
    input: z.strictObject({}),
    output: z.strictObject({ mails: z.array(mailSent).max(100) }),
    summary:
      'The mails that the service wrote to the holder in the last 30 days, newest first, at most 100: one that is not here is not from it',
  }),
}
