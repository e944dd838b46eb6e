import { z } from 'zod'
import { amount } from '../wire/scalars.ts'
import { act, appSetUp, challenge, challengeCode, recoveryCodes, safety, way } from '../wire/secondFactor.ts'
import { session } from './account.ts'
import { route } from './route.ts'

const nothing = z.strictObject({})

/** The id of a challenge that was answered; null where nothing has to be proved. */
const proof = z.string().max(100).nullable()

export const secondFactorRoutes = {
  safety: route({
    method: 'GET',
    path: '/v1/safety',
    caller: 'session',
    input: nothing,
    output: safety,
    summary: 'What keeps the account safe',
  }),
  /** Declines: second_factor_on. */
  setUpApp: route({
    method: 'POST',
    path: '/v1/second-factor/app',
    caller: 'session',
    input: nothing,
    output: appSetUp,
    summary: 'Make the secret of an authenticator app; it counts once a code of it was given',
  }),
  /** Declines: second_factor_on, not_found (no set-up), factor_code_wrong, sign_in_wait. */
  confirmApp: route({
    method: 'POST',
    path: '/v1/second-factor/app/confirmation',
    caller: 'session',
    input: z.strictObject({ code: z.string().max(40) }),
    output: recoveryCodes,
    summary: 'Turn the authenticator app on with a code of it; answers ten recovery codes, once',
  }),
  /** Declines: second_factor_required, not_found. */
  turnOff: route({
    method: 'POST',
    path: '/v1/second-factor/removal',
    caller: 'session',
    input: z.strictObject({ way: z.enum(['app', 'mail']), proof }),
    output: safety,
    summary: 'Turn the authenticator app, or codes by mail, off; told by mail and on every device',
  }),
  /** Declines: second_factor_required. */
  turnOnMail: route({
    method: 'POST',
    path: '/v1/second-factor/mail',
    caller: 'session',
    input: z.strictObject({ proof }),
    output: safety,
    summary: 'Allow codes by mail as a second way',
  }),
  /** Declines: second_factor_required, not_found (no app). */
  renewRecovery: route({
    method: 'POST',
    path: '/v1/second-factor/recovery-codes',
    caller: 'session',
    input: z.strictObject({ proof }),
    output: recoveryCodes,
    summary: 'Make ten new recovery codes; the old ones are void',
  }),
  /** Declines: second_factor_required (a higher line), amount_invalid. */
  setLine: route({
    method: 'POST',
    path: '/v1/second-factor/line',
    caller: 'session',
    input: z.strictObject({ line: amount, proof }),
    output: safety,
    summary: 'Above which worth in euro a payment asks for a code: at most 1,000, and higher than now only with a proof',
  }),
  /** Declines: not_found (there is no second factor to ask), sign_in_wait. */
  challenge: route({
    method: 'POST',
    path: '/v1/challenges',
    caller: 'session',
    input: z.strictObject({ act }),
    output: challenge,
    summary: 'Ask for the second factor for one act, which the answer approves',
  }),
  /** Declines: not_found, code_resend_wait, code_expired. */
  sendChallengeCode: route({
    method: 'POST',
    path: '/v1/challenges/{challengeId}/code',
    caller: 'anyone',
    input: z.strictObject({ challengeId: z.string().max(100) }),
    output: challengeCode,
    summary: 'Send a code by mail, where that is one of the ways; its text names what it approves',
  }),
  /** Declines: not_found, code_expired, code_tries_used_up, factor_code_wrong (detail.triesLeft), sign_in_wait (detail.at). */
  answerChallenge: route({
    method: 'POST',
    path: '/v1/challenges/{challengeId}/answer',
    caller: 'anyone',
    input: z.strictObject({ challengeId: z.string().max(100), way, code: z.string().max(40) }),
    output: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('proved') }),
      z.strictObject({ state: z.literal('signed_in'), session }),
    ]),
    summary: 'Answer it with a code: five tries in ten minutes, then a growing wait by account and by address',
  }),
}
