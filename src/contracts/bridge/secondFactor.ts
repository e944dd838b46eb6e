import { z } from 'zod'
import { read, write } from '../wire/method.ts'
import { amount, instant } from '../wire/scalars.ts'
import { act, appSetUp, challenge, challengeCode, recoveryCodes, safety, way } from '../wire/secondFactor.ts'

const nothing = z.strictObject({})
const challengeId = z.string().max(100)
const proof = challengeId.nullable()

/** `isOld`: the password was not changed for a year, and the person wants to be told. */
const state = safety.extend({ isPasswordOld: z.boolean(), isReminderOn: z.boolean() })

/**
 * The second factor and the account password. `ask` begins a question that names what it approves, `answer` ends it; what needs a proof takes the id of an
 * answered one. A payment, a wish for a higher limit and signing a device out are approved by the id of their own command, before it is sent.
 */
export const secondFactor = {
  state: read({ input: nothing, output: state, when: 'signed_in' }),
  /** Whether an old password is told about. */
  remind: write({ input: z.strictObject({ isOn: z.boolean() }), output: state, when: 'signed_in' }),
  /** Declines: second_factor_on. */
  setUpApp: write({ input: nothing, output: appSetUp, when: 'signed_in' }),
  /** Declines: factor_code_wrong, sign_in_wait. */
  confirmApp: write({ input: z.strictObject({ code: z.string().max(40) }), output: recoveryCodes, when: 'signed_in' }),
  turnOff: write({ input: z.strictObject({ way: z.enum(['app', 'mail']), proof }), output: state, when: 'signed_in' }),
  turnOnMail: write({ input: z.strictObject({ proof }), output: state, when: 'signed_in' }),
  renewRecovery: write({ input: z.strictObject({ proof }), output: recoveryCodes, when: 'signed_in' }),
  /** Writes the codes into a text file of the downloads, for their owner alone. */
  saveRecovery: write({ input: recoveryCodes, output: z.strictObject({ path: z.string() }), when: 'signed_in' }),
  setLine: write({ input: z.strictObject({ line: amount, proof }), output: state, when: 'signed_in' }),
  /** Declines: not_found (no second factor is on), sign_in_wait. */
  ask: write({ input: z.strictObject({ act }), output: challenge, when: 'signed_in' }),
  /** Declines: not_found, code_resend_wait, code_expired. */
  sendCode: write({ input: z.strictObject({ challengeId }), output: challengeCode, when: 'signed_in' }),
  /** Declines: not_found, code_expired, code_tries_used_up, factor_code_wrong, sign_in_wait. */
  answer: write({
    input: z.strictObject({ challengeId, way, code: z.string().max(40) }),
    output: z.strictObject({ proved: z.literal(true) }),
    when: 'signed_in',
  }),
  /** Declines: credentials_wrong, sign_in_wait, password_*, second_factor_required. */
  changePassword: write({
    input: z.strictObject({ old: z.string().max(1000), password: z.string().max(1000), proof, endOthers: z.boolean() }),
    output: z.strictObject({ ended: z.number().int(), at: instant }),
    when: 'signed_in',
  }),
  /** Stops a new password that does not hold yet. Decline: not_found. */
  stopReset: write({ input: nothing, output: state, when: 'signed_in' }),
}

export type SafetyState = z.infer<typeof state>
