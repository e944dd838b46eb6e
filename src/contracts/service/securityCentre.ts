import { z } from 'zod'
import { mailSent } from '../wire/securityCentre.ts'
import { route } from './route.ts'

export const securityCentreRoutes = {
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
