import type { AppState, ServiceChoice } from '#contracts/bridge/app.ts'
import { measurePassword } from '#core/account/passwordStrength.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Feature } from '../bridge/implement.ts'
import type { PreferenceFile } from '../preferences.ts'
import type { Session } from '../session.ts'
import { readServiceAddress } from '../sync/address.ts'

type AppParts = {
  readonly session: Session
  readonly preferences: PreferenceFile
  readonly state: () => Promise<AppState>
  /** Goes over to the service that the preferences name now. */
  readonly connect: () => Promise<void>
  readonly onChange: () => void
  /** Whether this system keeps the window out of pictures; undefined where the shell has no window of its own. */
  readonly shield: ((isOn: boolean) => boolean) | undefined
}

/** Checks the address; it is kept as an origin. */
function readChoice(choice: ServiceChoice): Outcome<ServiceChoice> {
  if (choice.mode === 'sandbox') return ok(choice)
  const address = readServiceAddress(choice.address)
  return address.ok ? ok({ mode: 'address', address: address.value }) : address
}

/** What the window may do before, beside and after unlocking. */
export function appFeature({ session, preferences, state, connect, onChange, shield }: AppParts): Feature<'app'> {
  const told = async (outcome: Outcome<null>): Promise<Outcome<AppState>> => (outcome.ok ? ok(await state()) : outcome)

  return {
    state: async () => ok(await state()),
    async prefer(change) {
      await preferences.change(change)
      onChange()
      return ok(await state())
    },
    measurePassword: async ({ password }) => {
      const { score, acceptable, warnings } = await measurePassword(password)
      return ok({ score, acceptable, warnings: [...warnings] })
    },
    async create({ password, service }) {
      const choice = readChoice(service)
      if (!choice.ok) return choice
      await preferences.change({ service: choice.value })
      await connect()
      return told(await session.create(password))
    },
    unlock: async ({ password }) => told(await session.unlock(password)),
    async lock() {
      await session.lock()
      return ok(await state())
    },
    async useService({ service }) {
      const phase = session.phase()
      if (phase.is === 'unlocked' && phase.open.isSignedIn()) return no('signed_in_elsewhere')
      const choice = readChoice(service)
      if (!choice.ok) return choice
      await preferences.change({ service: choice.value })
      await connect()
      return ok(await state())
    },
    async retryService() {
      await connect()
      return ok(await state())
    },
    restoreBackup: async () => told(await session.restore()),
    recover: async ({ words, password }) => told(await session.recover(words, password)),
    shield: async ({ isOn }) => ok({ isShielded: shield?.(isOn) ?? false }),
    beginAnew: async () => told(await session.beginAnew()),
  }
}
