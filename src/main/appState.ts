import type { AppState } from '#contracts/bridge/app.ts'
import type { WalletParts } from './ports.ts'
import type { PreferenceFile } from './preferences.ts'
import type { ServiceLine } from './serviceLine.ts'
import type { Session } from './session.ts'
import { isTrusted, type Vault } from './vault/vault.ts'

type StateParts = {
  readonly parts: WalletParts
  readonly session: Session
  readonly vault: Vault
  readonly preferences: PreferenceFile
  readonly line: ServiceLine
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** What the window needs before anything is unlocked: no name, no balance, no key. */
export async function readAppState({ parts, session, vault, preferences, line }: StateParts): Promise<AppState> {
  const { locale, theme, homeCurrency, hideAmounts } = preferences.current()
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
    hasPassword: (await vault.state()) === 'password',
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
    unreadable: phase.is === 'unreadable' ? phase.why : null,
  }
}
