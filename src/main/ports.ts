import type { EventName, Events } from '#contracts/bridge/events.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'

/** Who calls: the shell has checked that it is the wallet's own window or the owner's terminal. */
export type Caller = { readonly shell: 'electron' | 'loopback' | 'terminal' }

/** The wallet as every shell sees it. */
export type Wallet = {
  /** Parses, authorises by the session's state, runs, parses the answer. Never throws: what fails comes back as an envelope. */
  dispatch(method: string, input: unknown, caller: Caller): Promise<Envelope<unknown>>
  onEvent(listener: <E extends EventName>(event: E, payload: Events[E]) => void): () => void
  /** An okpay:// link from the system: told to the window once it is unlocked and signed in. */
  openLink(text: string): void
  /** The system sleeps or its screen locks: lock at once. */
  lockNow(reason: 'suspend' | 'screen_lock' | 'idle' | 'shortcut'): Promise<void>
  /** Closes the store and stops the embedded service. */
  close(): Promise<void>
}

export type EmbeddedServiceStatus = 'starting' | 'sealed' | 'online' | 'restarting' | 'stopped'

/** The service as a child process of the wallet: its own process, its own file, loopback only, gone when the wallet is gone. */
export type EmbeddedService = {
  /** Starts the process; it listens but keeps its book sealed until `unseal`. Resolves when it listens. */
  start(): Promise<void>
  /** Gives it the key of its book (32 bytes); kept in memory only and given again after a crash. Resolves when it is ready. */
  unseal(key: Uint8Array): Promise<void>
  readonly url: () => string | undefined
  readonly status: () => EmbeddedServiceStatus
  readonly restartedAt: () => number | null
  onChange(listener: () => void): () => void
  stop(): Promise<void>
}

/** One secret in the OS keychain. */
export type Keychain = {
  readonly kind: 'secret_service' | 'macos_keychain' | 'windows_credentials' | 'none' | 'plain_text'
  /** Undefined where there is none. Throws the fault keychain_unavailable. */
  load(name: string): Promise<Uint8Array | undefined>
  save(name: string, secret: Uint8Array): Promise<void>
  forget(name: string): Promise<void>
}
