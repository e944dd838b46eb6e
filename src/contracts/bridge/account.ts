import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { country, currency, day, email, instant } from '../wire/scalars.ts'
import { challenge, challengeCode, way } from '../wire/secondFactor.ts'
import { mail, profile } from '../wire/shapes.ts'

const nothing = z.strictObject({})

const pendingRegistration = z.strictObject({
  registrationId: z.string(),
  email,
  /** Where the code went. */
  deliveredBy: z.enum(['smtp', 'sandbox_mailbox']),
  resendAt: instant,
  codeExpiresAt: instant,
})

const pendingReset = pendingRegistration.omit({ registrationId: true }).extend({ resetId: z.string() })

const challengeId = z.string().max(100)

/** Who has a second factor is asked for it: `answerSignIn` ends the signing in. */
const signedIn = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('signed_in'), profile }),
  z.strictObject({ state: z.literal('second_factor'), challenge }),
])

/** Registering and signing in with the service. Declines: email_*, code_*, name_invalid, country_unknown, birth_date_invalid, password_*, credentials_wrong, sign_in_wait. */
export const account = {
  register: write({ input: z.strictObject({ email }), output: pendingRegistration, when: 'unlocked' }),
  resendCode: write({ input: z.strictObject({ registrationId: z.string() }), output: pendingRegistration, when: 'unlocked' }),
  verifyCode: write({
    input: z.strictObject({ registrationId: z.string(), code: z.string().max(20) }),
    output: z.strictObject({ verified: z.literal(true) }),
    when: 'unlocked',
  }),
  complete: write({
    input: z.strictObject({
      registrationId: z.string(),
      name: z.string().max(200),
      country,
      bornOn: day.nullable(),
      password: z.string().max(1000),
    }),
    output: profile,
    when: 'unlocked',
  }),
  signIn: write({ input: z.strictObject({ email, password: z.string().max(1000) }), output: signedIn, when: 'unlocked' }),
  /**
   * After `session_expired`: a new session for the account that is here; its data and what waits to be sent stay. With a second factor `answerSignIn` ends it.
   * Declines: credentials_wrong, sign_in_wait.
   */
  signInAgain: write({ input: z.strictObject({ password: z.string().max(1000) }), output: signedIn, when: 'signed_in' }),
  /** Sends the code of a sign-in by mail. Declines: not_found, code_resend_wait, code_expired. */
  sendSignInCode: write({ input: z.strictObject({ challengeId }), output: challengeCode, when: 'unlocked' }),
  /** Declines: not_found, code_expired, code_tries_used_up, factor_code_wrong, sign_in_wait. */
  answerSignIn: write({ input: z.strictObject({ challengeId, way, code: z.string().max(40) }), output: profile, when: 'unlocked' }),
  /** A new password for who has forgotten it. Declines: email_invalid, code_resend_wait. */
  startReset: write({ input: z.strictObject({ email }), output: pendingReset, when: 'unlocked' }),
  /** Declines: not_found, code_*, password_*, second_factor_required (then `factor` is asked for), factor_code_wrong, sign_in_wait. */
  finishReset: write({
    input: z.strictObject({
      resetId: z.string().max(100),
      code: z.string().max(20),
      password: z.string().max(1000),
      factor: z.strictObject({ way: z.enum(['app', 'recovery']), code: z.string().max(40) }).nullable(),
    }),
    output: z.strictObject({ holdsFrom: instant }),
    when: 'unlocked',
  }),
  /** Ends the session and forgets the account's data on this device; intents that were not sent yet are shown first by `payment.list`. */
  signOut: write({ input: nothing, output: z.strictObject({ signedOut: z.literal(true) }), when: 'signed_in' }),
  profile: read({ input: nothing, output: profile, when: 'signed_in' }),
  /** Mails that the sandbox would have sent to this wallet's addresses, newest first. Decline: sandbox_only. */
  mailbox: read({ input: nothing, output: z.strictObject({ mails: z.array(mail) }), when: 'unlocked' }),
  openCurrencies: write({
    input: z.strictObject({ currencies: z.array(currency).min(1).max(60) }),
    output: z.strictObject({ opened: z.array(currency) }),
    when: 'signed_in',
  }),
}

export type PendingRegistration = z.infer<typeof pendingRegistration>
