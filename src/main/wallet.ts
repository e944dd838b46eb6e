import { access, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { localeTag } from '#contracts/wire/scalars.ts'
import { Fault } from '#core/failure/faults.ts'
import { readAppState } from './appState.ts'
import { createBackups } from './backups.ts'
import { createDispatch, type Standing } from './bridge/dispatch.ts'
import { causeOf, type Log, openLog } from './bridge/log.ts'
import { createEventLine } from './eventLine.ts'
import { appFeature } from './features/app.ts'
import { diagnosticsFeature, logPathIn } from './features/diagnostics.ts'
import { vaultFeature } from './features/vault.ts'
import { createIdle, type Idle } from './idle.ts'
import { createOpenWallet } from './openWallet.ts'
import type { Wallet, WalletParts } from './ports.ts'
import { homeCurrencyOf, openPreferences, type PreferenceFile } from './preferences.ts'
import { createServiceLine, type ServiceLine } from './serviceLine.ts'
import { createSession, type Session, type SessionFiles } from './session.ts'
import type { VaultKeys } from './vault/keys.ts'
import { createVault, type Vault } from './vault/vault.ts'

const filesIn = (dataDir: string): SessionFiles => ({
  dataDir,
  vault: join(dataDir, 'vault.json'),
  vaultCopy: join(dataDir, 'backup', 'vault.json'),
  database: join(dataDir, 'wallet.db'),
})

function standingOf(session: Session): Standing {
  const phase = session.phase()
  if (phase.is !== 'unlocked') return phase.is
  return phase.open.isSignedIn() ? 'signed_in' : 'signed_out'
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function preferencesOf({ dataDir, defaultLocale, defaultTheme }: WalletParts): Promise<PreferenceFile> {
  const locale = localeTag.safeParse(defaultLocale).data ?? 'en'
  return openPreferences(join(dataDir, 'preferences.json'), {
    locale,
    theme: defaultTheme,
    homeCurrency: homeCurrencyOf(locale),
    hideAmounts: false,
    service: { mode: 'sandbox' },
    lockAfterMinutes: 10,
    lockOnHide: false,
    kitAskAt: null,
  })
}

/** The service's book lies in the wallet's folder and is sealed with a key of its vault. */
async function setServiceAside({ dataDir, embeddedService }: WalletParts, line: ServiceLine, moveTo: string): Promise<void> {
  await embeddedService.stop()
  const folder = join(dataDir, 'service')
  if (await isThere(folder)) await rename(folder, moveTo)
  await line.connect()
}

type Room = {
  readonly parts: WalletParts
  readonly log: Log
  readonly preferences: PreferenceFile
  readonly vault: Vault
  readonly line: ServiceLine
  /** The wallet is not open any more. */
  readonly onClosed: () => void
}

/** Milliseconds; null where the person wished that it never locks by itself. */
function idleLockMs({ idleLockMs: given }: WalletParts, preferences: PreferenceFile): number | null {
  const { lockAfterMinutes } = preferences.current()
  return given ?? (lockAfterMinutes === null ? null : lockAfterMinutes * 60_000)
}

/** What hears of the session's changes, and what changes it. */
function sessionOf({ parts, log, preferences, vault, line, onClosed }: Room) {
  const { embeddedService, clock } = parts
  const backups = createBackups(join(parts.dataDir, 'backup'))
  const events = createEventLine({
    isUnlocked: () => session.phase().is === 'unlocked',
    isSignedIn: () => standingOf(session) === 'signed_in',
    log,
  })

  function onBug(error: unknown): void {
    log.error({ event: 'background', cause: causeOf(error) })
    if (error instanceof Fault) session.onStoreFault(error.code).catch(() => {})
  }
  const state = () => readAppState({ parts, session, vault, preferences, line })
  function onChange(): void {
    state()
      .then(now => events.tell('app.changed', now))
      .catch(onBug)
    events.deliverLink()
  }

  function unseal({ embeddedServiceKey }: VaultKeys): void {
    if (line.choice().mode === 'sandbox') embeddedService.unseal(Buffer.from(embeddedServiceKey)).catch(onServiceFault)
  }
  /** Told by the service's status. It says nothing about the wallet's own book, which a fault of the same name would close. */
  function onServiceFault(error: unknown): void {
    log.error({ event: 'service', cause: causeOf(error) })
  }
  /** A service that does not start is told by its status; it keeps nobody from making or opening a wallet. */
  async function connect(): Promise<void> {
    await line.connect().catch(onServiceFault)
    const phase = session.phase()
    if (phase.is !== 'unlocked') return
    unseal(phase.open.keys)
    phase.open.wake()
  }

  const session: Session = createSession({
    files: filesIn(parts.dataDir),
    vault,
    backups,
    clock,
    openStore: parts.openStore,
    openWallet(store, keys) {
      unseal(keys)
      return createOpenWallet({
        parts,
        store,
        keys,
        connection: line.connection,
        preferences,
        vaultFacts: vault.facts,
        backups,
        log,
        tell: events.tell,
        onChange,
        onBug,
      })
    },
    setServiceAside: moveTo => setServiceAside(parts, line, moveTo),
    onChange() {
      if (session.phase().is === 'unlocked') idle.begin()
      else {
        idle.end()
        onClosed()
      }
      onChange()
    },
  })
  const idle: Idle = createIdle(
    clock,
    () => idleLockMs(parts, preferences),
    () => {
      log.info({ event: 'locked', cause: 'idle' })
      session.lock().catch(onBug)
    },
  )
  return { session, idle, events, state, connect, onChange, onBug }
}

/**
 * The wallet, whole: ports in, one dispatch out, for every shell. Starts the embedded service at once (it stays sealed until the wallet is unlocked)
 * and answers when it knows whether there is a wallet in `dataDir`. Faults: folder_read_only, disk_full.
 */
export async function createWallet(parts: WalletParts): Promise<Wallet> {
  const { dataDir, clock, embeddedService } = parts
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const log = openLog(logPathIn(dataDir))
  const preferences = await preferencesOf(parts)
  const line = createServiceLine(parts, preferences)
  const { vault: path, vaultCopy: copyPath } = filesIn(dataDir)
  const vault = createVault({ path, copyPath, keychain: parts.keychain, clock, cost: parts.passwordCost })
  const onClosed = () => vaultSide.forget()
  const { session, idle, events, state, connect, onChange, onBug } = sessionOf({ parts, log, preferences, vault, line, onClosed })

  const app = appFeature({ session, preferences, state, connect, onChange, shield: parts.shield })
  const diagnostics = diagnosticsFeature({ state, clock, logPath: logPathIn(dataDir), downloadsDir: parts.downloadsDir })
  const vaultSide = vaultFeature({
    session,
    vault,
    preferences,
    clock,
    downloadsDir: parts.downloadsDir,
    clipboard: parts.clipboard,
    onProgress: progress => events.tell('vault.progress', progress),
    onLockChanged: idle.begin,
    onChange,
    onBug,
  })
  async function lockNow(reason: string): Promise<void> {
    log.info({ event: 'locked', cause: reason })
    await session.lock()
  }
  const dispatch = createDispatch({
    standing: () => standingOf(session),
    features() {
      const phase = session.phase()
      return { app, ...(phase.is === 'unlocked' ? { vault: vaultSide, diagnostics, ...phase.open.features() } : {}) }
    },
    log,
    ids: parts.ids,
    onAct: idle.touch,
    onFault: async ({ code }) => session.onStoreFault(code).catch(onBug),
  })

  line.connection.onChange(onChange)
  const stopWatching = embeddedService.onChange(() => {
    onChange()
    const phase = session.phase()
    if (phase.is === 'unlocked') phase.open.wake()
  })
  await session.begin()
  connect().catch(onBug)
  log.info({ event: 'started', status: session.phase().is })

  return {
    dispatch,
    onEvent: events.onEvent,
    openLink: events.openLink,
    personActed: idle.touch,
    lockNow,
    windowHidden() {
      if (preferences.current().lockOnHide && session.phase().is === 'unlocked') lockNow('hidden').catch(onBug)
    },
    async close() {
      stopWatching()
      idle.end()
      await session.lock()
      events.close()
      await embeddedService.stop()
    },
  }
}
