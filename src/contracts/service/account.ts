import { z } from 'zod'
import { country, currency, day, email, instant, localeTag } from '../wire/scalars.ts'
import { challenge } from '../wire/secondFactor.ts'
import { mail, profile, referenceRates } from '../wire/shapes.ts'
import { route } from './route.ts'

const nothing = z.strictObject({})

/** A device's Ed25519 public key (32 bytes, base64url) and what it calls itself. */
const device = z.strictObject({
  publicKey: z.base64url().length(43),
  name: z.string().min(1).max(100),
  system: z.string().max(100),
  /** What the wallet calls the computer that it is on: the same for every account that is used there, and of no meaning elsewhere. */
  installation: z.base64url().length(43).optional(),
})

export const session = z.strictObject({ token: z.string(), deviceId: z.string(), profile })

/** Who has a second factor proves it too: then the session is the answer to the challenge. */
const signedIn = z.union([session, z.strictObject({ challenge })])

/** A signing key of the service (Ed25519, 32 bytes, base64url). All but the first were signed by the one before, over `keyText`. */
const serviceKey = z.strictObject({
  publicKey: z.base64url().length(43),
  endorsement: z.strictObject({ at: instant, signature: z.string() }).nullable(),
})

const registration = z.strictObject({
  registrationId: z.string(),
  deliveredBy: z.enum(['smtp', 'sandbox_mailbox']),
  resendAt: instant,
  codeExpiresAt: instant,
})

const reset = registration.omit({ registrationId: true }).extend({ resetId: z.string() })

export const accountRoutes = {
  describe: route({
    method: 'GET',
    path: '/v1/service',
    caller: 'anyone',
    input: nothing,
    output: z.strictObject({
      name: z.string(),
      /** Twelve Crockford base-32 characters of the SHA-256 of the service's first public key; deep links name it. */
      serviceId: z.string(),
      /** Oldest first; the last one signs. Empty while the book is sealed. */
      keys: z.array(serviceKey).max(100),
      sandbox: z.boolean(),
      apiVersion: z.literal(1),
      now: instant,
      currencies: z.array(currency),
      supportEmail: z.string(),
    }),
    summary: 'What this service is',
  }),
  register: route({
    method: 'POST',
    path: '/v1/registrations',
    caller: 'anyone',
    input: z.strictObject({ email, locale: localeTag }),
    output: registration,
    summary:
      'Start a registration; a six-digit code is sent. An e-mail that has an account gets a mail that says so, and the same answer here',
  }),
  resendCode: route({
    method: 'POST',
    path: '/v1/registrations/{registrationId}/code',
    caller: 'anyone',
    input: z.strictObject({ registrationId: z.string() }),
    output: registration,
    summary: 'Send a new code, 60 s after the last one at the earliest',
  }),
  verifyCode: route({
    method: 'POST',
    path: '/v1/registrations/{registrationId}/verification',
    caller: 'anyone',
    input: z.strictObject({ registrationId: z.string(), code: z.string().max(20) }),
    output: z.strictObject({ verified: z.literal(true) }),
    summary: 'Prove the e-mail; a code is good for 10 minutes and 5 tries',
  }),
  complete: route({
    method: 'POST',
    path: '/v1/registrations/{registrationId}/account',
    caller: 'anyone',
    input: z.strictObject({
      registrationId: z.string(),
      name: z.string().max(200),
      country,
      bornOn: day.nullable(),
      password: z.string().max(1000),
      timeZone: z.string().max(60),
      device,
    }),
    output: signedIn,
    summary: 'Make the account and sign this device in; done already, the password signs in',
  }),
  signIn: route({
    method: 'POST',
    path: '/v1/sessions',
    caller: 'anyone',
    input: z.strictObject({ email, password: z.string().max(1000), device }),
    output: signedIn,
    summary: 'Sign in, or be asked for the second factor; a wrong password and an unknown e-mail get the same answer in the same time',
  }),
  signOut: route({
    method: 'DELETE',
    path: '/v1/sessions/current',
    caller: 'device',
    input: nothing,
    output: z.strictObject({ signedOut: z.literal(true) }),
    summary: 'End this session and revoke its device key',
  }),
  /** Declines: credentials_wrong, sign_in_wait, password_*, second_factor_required. */
  changePassword: route({
    method: 'POST',
    path: '/v1/password',
    caller: 'session',
    input: z.strictObject({
      old: z.string().max(1000),
      password: z.string().max(1000),
      proof: z.string().max(100).nullable(),
      endOthers: z.boolean(),
    }),
    output: z.strictObject({ ended: z.number().int() }),
    summary: 'Change the password; told by mail. `endOthers` signs all other devices out',
  }),
  /** Declines: email_invalid, code_resend_wait. */
  startReset: route({
    method: 'POST',
    path: '/v1/password-resets',
    caller: 'anyone',
    input: z.strictObject({ email, locale: localeTag }),
    output: reset,
    summary: 'Start a new password: a six-digit code is sent. An e-mail without an account gets the same answer here',
  }),
  /**
   * Declines: not_found, code_expired, code_tries_used_up, code_wrong, password_*, second_factor_required (detail.ways; where `factor` is null),
   * factor_code_wrong, sign_in_wait.
   */
  finishReset: route({
    method: 'POST',
    path: '/v1/password-resets/{resetId}/password',
    caller: 'anyone',
    input: z.strictObject({
      resetId: z.string().max(100),
      code: z.string().max(20),
      password: z.string().max(1000),
      factor: z.strictObject({ way: z.enum(['app', 'recovery']), code: z.string().max(40) }).nullable(),
    }),
    output: z.strictObject({ holdsFrom: instant }),
    summary: 'The new password holds at once with a second factor, else in 24 hours: until then every device and the mail can stop it',
  }),
  /** Declines: not_found. */
  stopReset: route({
    method: 'POST',
    path: '/v1/password-resets/stop',
    caller: 'session',
    input: nothing,
    output: z.strictObject({ stopped: z.literal(true) }),
    summary: 'Stop a new password that does not hold yet',
  }),
  rates: route({
    method: 'GET',
    path: '/v1/rates',
    caller: 'anyone',
    input: nothing,
    output: referenceRates,
    summary: 'Reference rates of the European Central Bank',
  }),
  mailbox: route({
    method: 'GET',
    path: '/v1/sandbox/mailbox',
    caller: 'sandbox',
    input: nothing,
    output: z.strictObject({ mails: z.array(mail) }),
    summary: 'Every mail that the sandbox kept, newest first, at most 100',
  }),
}

export type ServiceKey = z.infer<typeof serviceKey>
