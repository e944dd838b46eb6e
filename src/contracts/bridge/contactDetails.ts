import { z } from 'zod'
import { contactStep, contactWish, contactDetails as details } from '../wire/contactDetails.ts'
import { read, write } from '../wire/method.ts'

/** How the person is reached by the service: e-mail, telephone, postal address. Asks the service: faults of the service. */
export const contactDetails = {
  state: read({ input: z.strictObject({}), output: details, when: 'signed_in' }),
  /**
   * `proof`: a question that was answered for this very wish, where there is a second factor. Declines: credentials_wrong, sign_in_wait,
   * second_factor_required, email_*, phone_invalid, address_invalid, country_unknown, contact_unchanged, phone_codes_off, code_resend_wait.
   */
  start: write({
    input: z.strictObject({ wish: contactWish, password: z.string().max(1000), proof: z.string().max(100).nullable() }),
    output: contactStep,
    when: 'signed_in',
  }),
  /** Declines: not_found, code_expired, code_tries_used_up, code_wrong. */
  finish: write({ input: z.strictObject({ changeId: z.string().max(100), code: z.string().max(20) }), output: details, when: 'signed_in' }),
}
