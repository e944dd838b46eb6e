import type { Profile } from '#contracts/wire/shapes.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Backups } from './backups.ts'
import type { Features } from './bridge/implement.ts'
import type { Log } from './bridge/log.ts'
import { causeOf } from './bridge/log.ts'
import type { Tell } from './eventLine.ts'
import { accountFeature, profileOf } from './features/account.ts'
import { accountLockFeature } from './features/accountLock.ts'
import { backupsFeature } from './features/backups.ts'
import { balancesFeature } from './features/balances.ts'
import { contactDetailsFeature } from './features/contactDetails.ts'
import { contactsFeature } from './features/contacts.ts'
import { devicesFeature, isNewsTo } from './features/devices.ts'
import { historyFeature } from './features/history.ts'
import { identityFeature } from './features/identity.ts'
import { limitsFeature } from './features/limits.ts'
import { notesFeature } from './features/notes.ts'
import { paymentsFeature } from './features/payments.ts'
import { providerFeature } from './features/provider.ts'
import { createRates } from './features/rates.ts'
import { riskFeature } from './features/risk.ts'
import { secondFactorFeature } from './features/secondFactor.ts'
import { securityCentreFeature } from './features/securityCentre.ts'
import { statementsFeature } from './features/statements.ts'
import { supportFeature } from './features/support.ts'
import { topUpsFeature } from './features/topUps.ts'
import type { WalletParts } from './ports.ts'
import type { PreferenceFile } from './preferences.ts'
import type { Connection } from './sync/connection.ts'
import type { News, Topic } from './sync/mirror.ts'
import { createRevocations } from './sync/revocations.ts'
import { createSignedIn, type Session, type SignedIn, sessionSetting, session as sessionShape } from './sync/signedIn.ts'
import { createUnsent } from './sync/unsent.ts'
import { backOffMs, createAlarm } from './sync/waiting.ts'
import type { VaultKeys } from './vault/keys.ts'

/** The wallet while it is unlocked: everything that holds a key, a name or a balance is reachable from here alone. */
export type OpenWallet = {
  readonly store: WalletStore
  readonly keys: VaultKeys
  readonly features: () => Features
  isSignedIn(): boolean
  /** The session has run out; what is here can still be read. */
  isSessionExpired(): boolean
  /** Takes up the session that was kept, and begins to watch the service. */
  start(): Promise<void>
  /** The service may be there again. */
  wake(): void
  /** Stops everything and closes the database; the keys are not wiped here. */
  close(): Promise<void>
}

type OpenWalletParts = {
  readonly parts: WalletParts
  readonly store: WalletStore
  readonly keys: VaultKeys
  readonly connection: Connection
  readonly preferences: PreferenceFile
  readonly vaultFacts: () => Promise<{ readonly kitMadeAt: string | null }>
  readonly backups: Backups
  readonly log: Log
  readonly tell: Tell
  /** Signed in, out, or the service's status changed. */
  readonly onChange: () => void
  /** Something failed in the background. */
  readonly onBug: (error: unknown) => void
}

const watchMs = 60_000
const longestWaitMs = 15_000

/** `isExpired`: the service asks the person to sign in again. `isEnding`: it is being forgotten here. */
type Account = {
  isExpired: boolean
  isEnding: boolean
  readonly signedIn: SignedIn
  readonly features: Features
  readonly stop: () => Promise<void>
}

export function createOpenWallet(of: OpenWalletParts): OpenWallet {
  const { parts, store, keys, connection, preferences, tell } = of
  const rates = createRates({ store, connection, clock: parts.clock, onNews: () => topics('balances') })
  let account: Account | undefined
  let isClosed = false
  const alarm = createAlarm(parts.clock)
  const revocations = createRevocations(store, connection)
  const unsent = createUnsent(store)

  const topics = (...changed: Topic[]): void => tell('data.changed', { topics: changed })

  function onNews(deviceId: string, { topics: changed, arrived, security = [] }: News): void {
    topics(...changed)
    for (const event of security) if (isNewsTo(deviceId, event)) tell('security.told', event)
    for (const arrival of arrived) tell('money.arrived', arrival)
  }

  function featuresOf(signedIn: SignedIn): Account {
    const statements = statementsFeature({
      store,
      clock: parts.clock,
      downloadsDir: parts.downloadsDir,
      locale: () => preferences.current().locale,
      profile: () => profileOf(store, signedIn),
      onProgress: progress => tell('statement.progress', progress),
      revealFile: parts.revealFile,
    })
    const features: Features = {
      balances: balancesFeature({ store, rates, clock: parts.clock, homeCurrency: () => preferences.current().homeCurrency }),
      topUps: topUpsFeature({ account: signedIn, store, ids: parts.ids }),
      payments: paymentsFeature({ account: signedIn, store, ids: parts.ids }),
      limits: limitsFeature({ account: signedIn, store, rates, clock: parts.clock }),
      identity: identityFeature({ account: signedIn, clock: parts.clock }),
      accountLock: accountLockFeature(signedIn),
      support: supportFeature({ account: signedIn, store, connection }),
      history: historyFeature({ store }),
      notes: notesFeature({ store, personal: signedIn.personal }),
      contacts: contactsFeature({ store, personal: signedIn.personal }),
      provider: providerFeature({ account: signedIn, downloadsDir: parts.downloadsDir }),
      secondFactor: secondFactorFeature({
        ...{ account: signedIn, store, clock: parts.clock, downloadsDir: parts.downloadsDir },
        onMail: () => topics('mailbox'),
      }),
      contactDetails: contactDetailsFeature({ account: signedIn, onMail: () => topics('mailbox') }),
      securityCentre: securityCentreFeature({
        ...{ account: signedIn, store, clock: parts.clock, preferences },
        vaultFacts: of.vaultFacts,
      }),
      risk: riskFeature({ account: signedIn, store }),
      statements,
      backups: backupsFeature({ store, clock: parts.clock, downloadsDir: parts.downloadsDir }),
    }
    return {
      isExpired: false,
      isEnding: false,
      signedIn,
      features,
      async stop() {
        await statements.stopAll()
        await signedIn.stop()
      },
    }
  }

  function follow(session: Session): void {
    const signedIn = createSignedIn({
      session,
      seed: keys.deviceSeed,
      store,
      connection,
      network: parts.network,
      clock: parts.clock,
      ids: parts.ids,
      onNews: news => onNews(session.deviceId, news),
      onOver: () => {
        if (account?.signedIn === signedIn) end('elsewhere').catch(of.onBug)
      },
      onExpired: () => {
        if (account?.signedIn !== signedIn || account.isExpired) return
        account.isExpired = true
        of.log.info({ event: 'session_expired' })
        of.onChange()
      },
      onBug: of.onBug,
    })
    account = featuresOf(signedIn)
    signedIn.start()
  }

  async function begin(session: Session, profile: Profile): Promise<void> {
    await unsent.forget()
    await store.clearAccount()
    const at = await store.cursor()
    const document = {
      type: 'document',
      kind: 'profile',
      id: profile.holderId,
      json: JSON.stringify(profile),
      at: parts.clock.now(),
    } as const
    await store.applyFeed({ after: at, until: at, changes: [document] })
    await store.keepSetting(sessionSetting, JSON.stringify(session))
    follow(session)
    of.backups.backUpAnew(store, parts.clock.now()).catch(backupFailed)
    of.log.info({ event: 'signed_in' })
    of.onChange()
  }

  function backupFailed(error: unknown): void {
    // Closed in the middle of it: the next unlocking makes it.
    if (!isClosed) of.log.error({ event: 'backup_failed', cause: causeOf(error) })
  }

  /** Goes on with another session of the account that is here: its data, and what waits to be sent, stay. */
  async function renew(session: Session): Promise<void> {
    const before = account
    account = undefined
    await before?.stop()
    await store.keepSetting(sessionSetting, JSON.stringify(session))
    follow(session)
    of.log.info({ event: 'signed_in' })
    of.onChange()
  }

  /**
   * Forgets the account here: mirror, outbox, session and the copies that hold them. `elsewhere`: another device signed this one out; what it had not sent is
   * told, and not done.
   */
  async function end(by: 'here' | 'elsewhere' = 'here'): Promise<void> {
    const ended = account
    if (!ended || ended.isEnding) return
    ended.isEnding = true
    // Before the window hears that nobody is signed in: it asks for this then.
    if (by === 'elsewhere') await unsent.keep(await ended.signedIn.outbox.open())
    account = undefined
    await ended.stop()
    await store.keepSetting(sessionSetting, null)
    await store.clearAccount()
    await of.backups.forget()
    of.log.info({ event: 'signed_out' })
    of.onChange()
  }

  const accountMethods = accountFeature({
    store,
    connection,
    deviceSeed: keys.deviceSeed,
    ids: parts.ids,
    locale: () => preferences.current().locale,
    current: () => account?.signedIn,
    begin,
    renew,
    end,
    revokeLater: revocations.later,
    onMail: () => topics('mailbox'),
  })
  const deviceMethods = devicesFeature({ store, unsent, current: () => account?.signedIn })

  /** Asks who the service is, again and again: so the window knows whether it is there, also while nobody is signed in. */
  async function watch(): Promise<void> {
    let failures = 0
    while (!isClosed) {
      try {
        await connection.describe()
        if (failures > 0) account?.signedIn.wake()
        await revocations.tryAll()
        failures = 0
      } catch {
        failures += 1
      }
      if (!isClosed) await alarm.sleep(failures > 0 ? backOffMs(failures, longestWaitMs) : watchMs)
    }
  }

  return {
    store,
    keys,
    features: () => ({ account: accountMethods, devices: deviceMethods, ...account?.features }),
    isSignedIn: () => account !== undefined,
    isSessionExpired: () => account?.isExpired === true,
    async start() {
      const kept = await store.setting(sessionSetting)
      if (kept !== undefined) follow(sessionShape.parse(JSON.parse(kept)))
      watch().catch(of.onBug)
      of.backups.backUpToday(store, parts.clock.now()).catch(backupFailed)
    },
    wake() {
      alarm.wake()
      account?.signedIn.wake()
    },
    async close() {
      isClosed = true
      alarm.wake()
      const ended = account
      account = undefined
      await ended?.stop()
      await store.close()
    },
  }
}
