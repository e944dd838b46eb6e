import { access, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppState } from '#contracts/bridge/app.ts'
import { type EventName, type Events, events } from '#contracts/bridge/events.ts'
import { Fault } from '#core/failure/faults.ts'
import { createBackups } from './backups.ts'
import { createDispatch, type Standing } from './bridge/dispatch.ts'
import { causeOf, openLog } from './bridge/log.ts'
import { appFeature } from './features/app.ts'
import { createIdle } from './idle.ts'
import { createOpenWallet, type Tell } from './openWallet.ts'
import type { Wallet, WalletParts } from './ports.ts'
import { homeCurrencyOf, openPreferences } from './preferences.ts'
import { createSession, type Session, type SessionFiles } from './session.ts'
import { readServiceAddress } from './sync/address.ts'
import { type Connection, createConnection } from './sync/connection.ts'
import { createVault, isTrusted, type Vault } from './vault/vault.ts'

const defaultIdleLockMs = 10 * 60_000

type Listener = <E extends EventName>(event: E, payload: Events[E]) => void

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

/** Which service the wallet speaks to, and its line to it. */
function createServiceLine(parts: WalletParts, chosen: () => AppState['service']['mode'], address: () => string | null) {
  const { embeddedService } = parts
  const connection = createConnection({
    baseUrl: () => (chosen() === 'sandbox' ? embeddedService.url() : (address() ?? undefined)),
    network: parts.network,
    clock: parts.clock,
  })
  /** Runs the embedded service only where it is the chosen one. */
  async function connect(): Promise<void> {
    if (chosen() === 'address') return embeddedService.stop()
    if (embeddedService.status() === 'stopped') await embeddedService.start()
  }
  return { connection, connect }
}

function serviceStatus({ embeddedService }: WalletParts, mode: 'sandbox' | 'address', connection: Connection) {
  const line = connection.status()
  if (mode === 'sandbox') {
    const process = embeddedService.status()
    if (process === 'stopped') return 'offline'
    if (process !== 'online') return process
  }
  return line === 'unknown' ? 'starting' : line
}

/** What the window needs before anything is unlocked. */
async function readState(of: {
  readonly parts: WalletParts
  readonly session: Session
  readonly vault: Vault
  readonly preferences: Awaited<ReturnType<typeof openPreferences>>
  readonly connection: Connection
  readonly service: () => { mode: 'sandbox' | 'address'; address: string | null }
}): Promise<AppState> {
  const { parts, session, vault, connection } = of
  const { locale, theme, homeCurrency, hideAmounts } = of.preferences.current()
  const { mode, address } = of.service()
  const phase = session.phase()
  const waitUntil = phase.is === 'locked' ? await vault.waitUntil() : null
  const restartedAt = parts.embeddedService.restartedAt()
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
      mode,
      address,
      status: serviceStatus(parts, mode, connection),
      restartedAt: restartedAt === null ? null : new Date(restartedAt).toISOString(),
      shopUrl: connection.shopUrl(),
    },
    signedIn: phase.is === 'unlocked' && phase.open.isSignedIn(),
    waitUntil: waitUntil === null ? null : new Date(waitUntil).toISOString(),
    unreadable: phase.is === 'unreadable' ? phase.why : null,
  }
}

/**
 * The wallet, whole: ports in, one dispatch out, for every shell. Starts the embedded service at once (it stays sealed until the wallet is unlocked)
 * and answers when it knows whether there is a wallet in `dataDir`.
 */
export async function createWallet(parts: WalletParts): Promise<Wallet> {
  const { dataDir, clock, embeddedService } = parts
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const files = filesIn(dataDir)
  const log = openLog(join(dataDir, 'logs', 'wallet.log'))
  const preferences = await openPreferences(join(dataDir, 'preferences.json'), {
    locale: parts.defaultLocale,
    theme: parts.defaultTheme,
    homeCurrency: homeCurrencyOf(parts.defaultLocale),
    hideAmounts: false,
    service: { mode: 'sandbox' },
  })
  const given = parts.serviceUrl === undefined ? undefined : readServiceAddress(parts.serviceUrl)
  if (given && !given.ok) throw new TypeError('OKPAY_SERVICE_URL is not the address of a service')
  const service = (): { mode: 'sandbox' | 'address'; address: string | null } => {
    if (given) return { mode: 'address', address: given.value }
    const choice = preferences.current().service
    return { mode: choice.mode, address: choice.mode === 'address' ? choice.address : null }
  }
  const { connection, connect } = createServiceLine(
    parts,
    () => service().mode,
    () => service().address,
  )
  const vault = createVault({ path: files.vault, copyPath: files.vaultCopy, keychain: parts.keychain, clock, cost: parts.passwordCost })
  const backups = createBackups(join(dataDir, 'backup'))
  const listeners = new Set<Listener>()
  let isClosed = false
  let waitingLink: string | undefined

  const tell: Tell = (event, payload) => {
    if (isClosed || (event !== 'app.changed' && session.phase().is !== 'unlocked')) return
    const parsed = events[event].safeParse(payload)
    if (!parsed.success) return log.error({ event: 'event_malformed', method: event })
    for (const listener of listeners) listener(event, payload)
  }
  const state = (): Promise<AppState> => readState({ parts, session, vault, preferences, connection, service })
  function onBug(error: unknown): void {
    log.error({ event: 'background', cause: causeOf(error) })
    if (error instanceof Fault) session.onStoreFault(error.code).catch(() => {})
  }

  function onChange(): void {
    state()
      .then(now => tell('app.changed', now))
      .catch(onBug)
    deliverLink()
  }
  function deliverLink(): void {
    if (waitingLink === undefined || standingOf(session) !== 'signed_in') return
    tell('link.opened', { text: waitingLink })
    waitingLink = undefined
  }

  const onFault = async ({ code }: Fault): Promise<void> => session.onStoreFault(code).catch(onBug)
  const session: Session = createSession({
    files,
    vault,
    backups,
    clock,
    openStore: parts.openStore,
    openWallet(store, keys) {
      if (service().mode === 'sandbox') embeddedService.unseal(Buffer.from(keys.embeddedServiceKey)).catch(onBug)
      return createOpenWallet({ parts, store, keys, connection, preferences, backups, log, tell, onChange, onBug })
    },
    async setServiceAside(moveTo) {
      await embeddedService.stop()
      const folder = join(dataDir, 'service')
      if (await isThere(folder)) await rename(folder, moveTo)
      await connect()
    },
    onChange() {
      if (session.phase().is === 'unlocked') idle.begin()
      else idle.end()
      onChange()
    },
  })
  const idle = createIdle(clock, parts.idleLockMs ?? defaultIdleLockMs, () => {
    log.info({ event: 'locked', cause: 'idle' })
    session.lock().catch(onBug)
  })

  const app = appFeature({ session, preferences, state, connect, onChange })
  const dispatch = createDispatch({
    standing: () => standingOf(session),
    features() {
      const phase = session.phase()
      return { app, ...(phase.is === 'unlocked' ? phase.open.features() : {}) }
    },
    log,
    ids: parts.ids,
    onAct: idle.touch,
    onFault,
  })

  const wakeOpen = (): void => {
    const phase = session.phase()
    if (phase.is === 'unlocked') phase.open.wake()
  }
  connection.onChange(onChange)
  embeddedService.onChange(() => {
    onChange()
    wakeOpen()
  })
  await session.begin()
  connect().catch(onBug)
  log.info({ event: 'started', status: session.phase().is })

  return {
    dispatch,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    openLink(text) {
      waitingLink = text.slice(0, 2000)
      deliverLink()
    },
    personActed: idle.touch,
    async lockNow(reason) {
      log.info({ event: 'locked', cause: reason })
      await session.lock()
    },
    async close() {
      idle.end()
      await session.lock()
      isClosed = true
      await embeddedService.stop()
    },
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
