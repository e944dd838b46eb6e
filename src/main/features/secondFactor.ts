import type { Safety } from '#contracts/wire/secondFactor.ts'
import { isPasswordOld } from '#core/account/secondFactor.ts'
import { type Outcome, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import type { SignedIn } from '../sync/signedIn.ts'
import { freePath, writeNew } from './downloads.ts'

type SecondFactorParts = {
  readonly account: SignedIn
  readonly store: WalletStore
  readonly clock: Clock
  readonly downloadsDir: string
  /** The sandbox may have kept a mail. */
  readonly onMail: () => void
}

const quietSetting = 'password_reminder_off'

/** The second factor and the account password, as the service keeps them: nothing of them is kept here. */
export function secondFactorFeature({ account, store, clock, downloadsDir, onMail }: SecondFactorParts): Feature<'secondFactor'> {
  const { call } = account

  async function shown(outcome: Outcome<Safety>) {
    if (!outcome.ok) return outcome
    const isOld = isPasswordOld(Date.parse(outcome.value.passwordChangedAt), clock.now())
    const isReminderOn = (await store.setting(quietSetting)) === undefined
    return ok({ ...outcome.value, isPasswordOld: isReminderOn && isOld, isReminderOn })
  }
  const state = async () => shown(await call('safety', {}))

  return {
    state,
    async remind({ isOn }) {
      await store.keepSetting(quietSetting, isOn ? null : 'off')
      return state()
    },
    setUpApp: () => call('setUpApp', {}),
    confirmApp: input => call('confirmApp', input),
    turnOff: async input => shown(await call('turnOff', input)),
    turnOnMail: async input => shown(await call('turnOnMail', input)),
    renewRecovery: input => call('renewRecovery', input),
    async saveRecovery({ codes }) {
      const path = await freePath(downloadsDir, 'okpay-recovery-codes', 'txt')
      await writeNew(path, `OKPAY\n\n${codes.join('\n')}\n`)
      return ok({ path })
    },
    setLine: async input => shown(await call('setLine', input)),
    ask: input => call('challenge', input),
    async sendCode(input) {
      const sent = await call('sendChallengeCode', input)
      onMail()
      return sent
    },
    async answer(input) {
      const outcome = await call('answerChallenge', input)
      return outcome.ok ? ok({ proved: true }) : outcome
    },
    async changePassword(input) {
      const outcome = await call('changePassword', input)
      return outcome.ok ? ok({ ...outcome.value, at: new Date(clock.now()).toISOString() }) : outcome
    },
    async stopReset() {
      const outcome = await call('stopReset', {})
      return outcome.ok ? state() : outcome
    },
  }
}
