import { ok } from '#core/failure/outcome.ts'
import type { Feature } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { changePassword } from './changePassword.ts'
import { complete } from './completion.ts'
import { register, resendCode, verifyCode } from './registration.ts'
import { finishReset, startReset, stopReset } from './resets.ts'
import { signIn, signOut } from './signIn.ts'

const mostMails = 100

/** Registration by a proven e-mail, signing in and out, the password, and the sandbox's mailbox. */
export const accountFeature: Feature = {
  routes: {
    register,
    resendCode,
    verifyCode,
    complete,
    signIn,
    signOut,
    changePassword,
    startReset,
    finishReset,
    stopReset,
    mailbox: async ({ store }) => {
      const kept = await store.read(tx => tx.mails.mailbox(mostMails))
      return ok({ mails: kept.map(({ id, to, subject, text, createdAt }) => ({ id, to, subject, text, sentAt: iso(createdAt) })) })
    },
  },
}
