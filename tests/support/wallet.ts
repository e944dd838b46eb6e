import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventName, Events } from '#contracts/bridge/events.ts'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { idsBy } from '#main/clock.ts'
import type { Caller, EmbeddedService, OpenWalletStore, PasswordCost, Wallet } from '#main/ports.ts'
import { createWallet } from '#main/wallet.ts'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { type TestClock, testClock } from './clock.ts'
import { type TestKeychain, testKeychain } from './keychain.ts'
import { type TestNetwork, testNetwork } from './network.ts'

/** Argon2id as light as it goes: the tests are about what is done with it. */
export const lightCost: PasswordCost = { memoryKiB: 64, passes: 1, lanes: 1 }

/** Strong by every rule, and nobody's. */
export const goodPassword = 'seven lamps over quiet harbour'

export type Told = { readonly [E in EventName]: { readonly event: E; readonly payload: Events[E] } }[EventName]

export type TestWallet = {
  readonly dataDir: string
  readonly downloadsDir: string
  readonly clock: TestClock
  readonly keychain: TestKeychain
  readonly network: TestNetwork
  /** Every event so far. */
  readonly told: Told[]
  readonly wallet: () => Wallet
  ask<N extends MethodName>(method: N, input: InputOf<N>, shell?: Caller['shell']): Promise<Envelope<OutputOf<N>>>
  /** As `ask`, and throws what is not a value. */
  get<N extends MethodName>(method: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** Ends the wallet and begins it anew on the same folder. */
  restarts(): Promise<void>
  close(): Promise<void>
}

export type TestWalletOptions = {
  /** The address of a service; nobody answers where it is not given. */
  readonly service?: string
  readonly keychain?: TestKeychain
  readonly clock?: TestClock
  readonly embeddedService?: EmbeddedService
  readonly openStore?: OpenWalletStore
  readonly idleLockMs?: number
}

/** An embedded service that is never there. */
export const noEmbeddedService: EmbeddedService = {
  start: async () => {},
  unseal: async () => {},
  url: () => undefined,
  status: () => 'stopped',
  restartedAt: () => null,
  refusal: () => undefined,
  onChange: () => () => {},
  stop: async () => {},
}

/** A whole wallet on a real, encrypted database in a folder of its own. */
export async function testWallet(options: TestWalletOptions = {}): Promise<TestWallet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'okpay-wallet-'))
  const downloadsDir = await mkdtemp(join(tmpdir(), 'okpay-downloads-'))
  const clock = options.clock ?? testClock()
  const keychain = options.keychain ?? testKeychain()
  const network = testNetwork()
  const told: Told[] = []

  async function begin(): Promise<Wallet> {
    const wallet = await createWallet({
      dataDir,
      downloadsDir,
      clock,
      keychain,
      network,
      shell: 'loopback',
      version: '0.0.0-test',
      ids: idsBy(clock),
      embeddedService: options.embeddedService ?? noEmbeddedService,
      openStore: options.openStore ?? openWalletStore,
      defaultLocale: 'en',
      defaultTheme: 'system',
      revealFile: async () => true,
      passwordCost: lightCost,
      ...(options.service === undefined ? {} : { serviceUrl: options.service }),
      ...(options.idleLockMs === undefined ? {} : { idleLockMs: options.idleLockMs }),
    })
    wallet.onEvent((event, payload) => told.push({ event, payload } as Told))
    return wallet
  }

  let wallet = await begin()
  const ask: TestWallet['ask'] = (method, input, shell = 'loopback') =>
    wallet.dispatch(method, input, { shell }) as ReturnType<TestWallet['ask']> as never

  return {
    dataDir,
    downloadsDir,
    clock,
    keychain,
    network,
    told,
    ask,
    wallet: () => wallet,
    async get(method, input) {
      const answer = await ask(method, input)
      if (answer.ok) return answer.value
      throw new Error(`${method}: ${answer.kind} ${answer.code} ${JSON.stringify(answer)}`)
    },
    async restarts() {
      await wallet.close()
      wallet = await begin()
    },
    async close() {
      await wallet.close()
      // A backup that is being made ends on its own thread.
      for (const dir of [dataDir, downloadsDir]) await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}
