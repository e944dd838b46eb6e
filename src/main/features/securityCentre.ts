import { Fault } from '#core/failure/faults.ts'
import { type Outcome, ok } from '#core/failure/outcome.ts'
import { review } from '#core/securityCentre/review.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import type { PreferenceFile } from '../preferences.ts'
import type { SignedIn } from '../sync/signedIn.ts'
import { profileOf } from './account.ts'
import { limitsNow } from './limitsNow.ts'

type CentreParts = {
  readonly account: SignedIn
  readonly store: WalletStore
  readonly clock: Clock
  readonly preferences: PreferenceFile
  readonly vaultFacts: () => Promise<{ readonly kitMadeAt: string | null }>
}

const learntSetting = 'safety_check_done_at'

const instantOf = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** What the service answers; null where it cannot, or will not. */
async function asked<T>(answer: Promise<Outcome<T>>): Promise<T | null> {
  try {
    const outcome = await answer
    return outcome.ok ? outcome.value : null
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Whether the account and this wallet are safe, from what the service, the vault and the wallet's own book tell. */
export function securityCentreFeature({ account, store, clock, preferences, vaultFacts }: CentreParts): Feature<'securityCentre'> {
  async function overview() {
    const [safety, listed, profile, { kitMadeAt }, learntAt] = await Promise.all([
      asked(account.call('safety', {})),
      asked(account.call('devices', {})),
      profileOf(store, account),
      vaultFacts(),
      store.setting(learntSetting),
    ])
    const rows = review({
      now: clock.now(),
      heldSince: instantOf(profile.securityHoldSince),
      safety: safety && {
        appSince: instantOf(safety.appSince),
        mailSince: instantOf(safety.mailSince),
        recoveryLeft: safety.recoveryLeft,
        passwordChangedAt: Date.parse(safety.passwordChangedAt),
        resetAt: instantOf(safety.resetAt),
        mailPhrase: safety.mailPhrase,
      },
      devices: listed?.devices.map(({ name, addedAt, isThis }) => ({ name, isThis, addedAt: Date.parse(addedAt) })) ?? null,
      kitMadeAt: instantOf(kitMadeAt),
      lockAfterMinutes: preferences.current().lockAfterMinutes,
      learntAt: instantOf(learntAt),
    })
    return ok({
      rows: rows.map(row => ({ ...row, at: iso(row.at) })),
      limits: (await limitsNow({ store, clock })).filter(({ rail }) => rail === null),
    })
  }
  return {
    overview,
    mails: () => account.call('mailsSent', {}),
    async setPhrase(input) {
      const outcome = await account.call('setMailPhrase', input)
      return outcome.ok ? overview() : outcome
    },
    async finishCheck() {
      await store.keepSetting(learntSetting, new Date(clock.now()).toISOString())
      return overview()
    },
  }
}
