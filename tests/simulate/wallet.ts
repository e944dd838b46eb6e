import type { MethodName } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { Fault } from '#core/failure/faults.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import { createDispatch } from '#main/bridge/dispatch.ts'
import { createEventLine } from '#main/eventLine.ts'
import { createOpenWallet } from '#main/openWallet.ts'
import type { Network, WalletParts } from '#main/ports.ts'
import { createConnection } from '#main/sync/connection.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import type { Disk } from './disk.ts'
import { Killed, type Process } from './process.ts'

/** One life of a wallet, from its unlocking on: the real dispatch, features, outbox, feed and mirror on its own book. */
export type SimulatedWallet = {
  readonly process: Process
  ask(method: MethodName, input: object): Promise<Envelope<unknown>>
  /** Locks it in order, as a person does. */
  close(): Promise<void>
}

type Parts = {
  readonly process: Process
  readonly disk: Disk
  readonly network: Network
  readonly seed: Uint8Array
  readonly wrap: (store: WalletStore) => WalletStore
  readonly onBug: (what: string) => void
}

/** Calls are answered one after the other, as by the thread that owns the connection; before and after each the wallet can end. */
function storeOf(disk: Disk, process: Process): WalletStore {
  const methods: Readonly<Record<string, unknown>> = { ...createWalletBook(disk.open(process)), close: () => undefined }
  const calls = new Map<string, unknown>()
  let last: Promise<unknown> = Promise.resolve()
  const callOf =
    (name: string, method: (...args: readonly unknown[]) => unknown) =>
    async (...args: readonly unknown[]): Promise<unknown> => {
      const mine = last.then(async () => {
        await process.step(`store.${name}`)
        return method(...args)
      })
      last = mine.catch(() => undefined)
      try {
        return await mine
      } finally {
        await process.step(`store.${name} is done`)
      }
    }
  return new Proxy({} as WalletStore, {
    get: (_, name) => {
      const method = methods[String(name)]
      if (typeof method !== 'function') throw new Error(`${String(name)} is not simulated`)
      const call = calls.get(String(name)) ?? callOf(String(name), method as (...args: readonly unknown[]) => unknown)
      calls.set(String(name), call)
      return call
    },
  })
}

export const serviceUrl = 'http://service.test'

export async function startWallet({ process, disk, network, seed, wrap, onBug }: Parts): Promise<SimulatedWallet> {
  const clock = { now: process.now, after: process.after }
  const ids = (): string => uuidV7(process.now(), process.random.bytes(10))
  const bug = (error: unknown): void => {
    const isPlanned = error instanceof Killed || (error instanceof Fault && error.code === 'disk_full')
    if (process.isAlive() && !isPlanned) onBug(`${process.name}: ${error instanceof Error ? error.stack : String(error)}`)
  }
  const log = {
    info: () => undefined,
    error: ({ event, method = '', code = '', cause = '' }: { event: string; method?: string; code?: string; cause?: string }) => {
      if (event === 'event_malformed' || code === 'unexpected') bug(new Error(`${event} ${method} ${code} ${cause}`))
    },
  }
  const events = createEventLine({ isUnlocked: () => true, isSignedIn: () => true, log })
  const parts: WalletParts = {
    ...{ clock, ids, network, dataDir: '/nowhere', downloadsDir: '/nowhere', shell: 'loopback', version: '0', defaultLocale: 'en' },
    keychain: { kind: 'none', load: async () => undefined, save: async () => undefined, forget: async () => undefined },
    embeddedService: {
      ...{ start: async () => undefined, unseal: async () => undefined, url: () => undefined, status: () => 'stopped' },
      ...{ refusal: () => undefined, restartedAt: () => null, onChange: () => () => undefined, stop: async () => undefined },
    },
    openStore: async () => storeOf(disk, process),
    defaultTheme: 'system',
    revealFile: async () => false,
  }
  const wallet = createOpenWallet({
    parts,
    store: wrap(storeOf(disk, process)),
    keys: { databaseKey: Buffer.alloc(32), deviceSeed: Buffer.from(seed), embeddedServiceKey: Buffer.alloc(32) },
    connection: createConnection({ baseUrl: () => serviceUrl, network, clock }),
    vaultFacts: async () => ({ kitMadeAt: null }),
    preferences: {
      current: () => ({
        locale: 'en',
        theme: 'system',
        homeCurrency: 'EUR',
        hideAmounts: false,
        service: { mode: 'address', address: serviceUrl },
        lockAfterMinutes: 10,
        lockOnHide: false,
        kitAskAt: null,
      }),
      change: async () => undefined,
    },
    backups: {
      backUpToday: async () => undefined,
      backUpAnew: async () => undefined,
      renew: async () => undefined,
      newest: async () => undefined,
      putBack: async () => false,
      forget: async () => undefined,
    },
    log,
    tell: events.tell,
    onChange: () => undefined,
    onBug: bug,
  })
  const dispatch = createDispatch({
    standing: () => (wallet.isSignedIn() ? 'signed_in' : 'signed_out'),
    features: wallet.features,
    log,
    ids,
    onAct: () => undefined,
    onFault: async () => undefined,
  })
  await wallet.start()
  return { process, ask: (method, input) => dispatch(method, input, { shell: 'loopback' }), close: wallet.close }
}
