import type { AppState } from '#contracts/bridge/app.ts'
import type { WalletParts } from './ports.ts'
import type { PreferenceFile } from './preferences.ts'
import type { ServiceLine } from './serviceLine.ts'
import type { Session } from './session.ts'
import { isTrusted } from './vault/masterKey.ts'
import type { Vault } from './vault/vault.ts'

type StateParts = {
  readonly parts: WalletParts
  readonly session: Session
  readonly vault: Vault
  readonly preferences: PreferenceFile
  readonly line: ServiceLine
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** An earlier wallet was never offered one: its person is reminded, and those who put it off are when their week is over. */
async function recoveryKitOf({ parts, session, vault, preferences }: StateParts): Promise<AppState['recoveryKit']> {
  if (session.phase().is !== 'unlocked') return 'quiet'
  const { kitAskAt } = preferences.current()
  // The offer stands until it was answered: who makes the kit at once sees it through.
  if (kitAskAt === null && session.isNew()) return 'offer'
  if ((await vault.facts()).kitMadeAt !== null) return 'made'
  return kitAskAt === null || Date.parse(kitAskAt) <= parts.clock.now() ? 'remind' : 'quiet'
}

/** What the window needs before anything is unlocked: no name, no balance, no key. */
export async function readAppState(of: StateParts): Promise<AppState> {
  const { parts, session, vault, preferences, line } = of
  const { locale, theme, homeCurrency, hideAmounts, lockOnHide } = preferences.current()
  const protection = await vault.state()
  const recoveryKit = protection === 'damaged' ? 'quiet' : await recoveryKitOf(of)
  const phase = session.phase()
  return {
    phase: phase.is,
    shell: parts.shell,
    version: parts.version,
    locale,
    theme,
    homeCurrency,
    hideAmounts,
    keychain: { kind: parts.keychain.kind, passwordRequired: !isTrusted(parts.keychain) },
    hasPassword: protection === 'password',
    service: {
      ...line.choice(),
      isSandbox: line.choice().mode === 'sandbox' || line.connection.isSandbox(),
      status: line.status(),
      restartedAt: iso(parts.embeddedService.restartedAt()),
      shopUrl: line.connection.shopUrl(),
    },
    signedIn: phase.is === 'unlocked' && phase.open.isSignedIn(),
    sessionExpired: phase.is === 'unlocked' && phase.open.isSessionExpired(),
    waitUntil: phase.is === 'locked' ? iso(await vault.waitUntil()) : null,
    recoveryKit,
    lockOnHide,
    unreadable: phase.is === 'unreadable' ? phase.why : null,
  }
}
