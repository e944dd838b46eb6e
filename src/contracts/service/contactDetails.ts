import { z } from 'zod'
import { contactDetails, contactStep, contactWish } from '../wire/contactDetails.ts'
import { route } from './route.ts'

export const contactDetailsRoutes = {
  contactDetails: route({
    method: 'GET',
    path: '/v1/contact-details',
    caller: 'session',
    input: z.strictObject({}),
    output: contactDetails,
    summary: 'The e-mail, telephone number and postal address of the holder, and which changes can still be taken back',
  }),
  /**
   * Declines: credentials_wrong, sign_in_wait, second_factor_required, email_invalid, email_throwaway, phone_invalid, address_invalid, country_unknown,
   * contact_unchanged, phone_codes_off, code_resend_wait.
   */
  startContactChange: route({
    method: 'POST',
    path: '/v1/contact-details/changes',
    caller: 'session',
    input: z.strictObject({ wish: contactWish, password: z.string().max(1000), proof: z.string().max(100).nullable() }),
    output: contactStep,
    summary:
      'Ask for another e-mail, telephone number or address, with the password and the second factor. A code goes to the new one; an e-mail that has an account gets a mail that says so, and the same answer here',
  }),
  /** Declines: not_found, code_expired, code_tries_used_up, code_wrong (detail.triesLeft). */
  finishContactChange: route({
    method: 'POST',
    path: '/v1/contact-details/changes/{changeId}/code',
    caller: 'session',
    input: z.strictObject({ changeId: z.string().max(100), code: z.string().max(20) }),
    output: contactDetails,
    summary: 'The new one holds with its code. The old one is told, with a link that takes the change back for 72 hours',
  }),
}
