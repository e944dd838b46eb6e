import type { EventName, Events } from '#contracts/bridge/events.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import type { FaultCode } from '#core/failure/faults.ts'
import type { WalletStore } from '#core/wallet/store.ts'

/** Who calls: the shell has checked that it is the wallet's own window or the owner's terminal. */
export type Caller = { readonly shell: 'electron' | 'loopback' | 'terminal' }

/** The wallet as every shell sees it. */
export type Wallet = {
  /** Parses, authorises by the session's state, runs, parses the answer. Never throws: what fails comes back as an envelope. */
  dispatch(method: string, input: unknown, caller: Caller): Promise<Envelope<unknown>>
  onEvent(listener: <E extends EventName>(event: E, payload: Events[E]) => void): () => void
  /** An okpay:// link from the system: told to the window once it is unlocked and signed in. */
  openLink(text: string): void
  /** The person touched the window: the idle lock begins anew. Dispatched acts count by themselves. */
  personActed(): void
  /** The system sleeps or its screen locks: lock at once. */
  lockNow(reason: 'suspend' | 'screen_lock' | 'idle' | 'shortcut'): Promise<void>
  /** The window was minimised or hidden: locks where the person wished that. */
  windowHidden(): void
  /** Closes the store and stops the embedded service. */
  close(): Promise<void>
}

/** `refused`: it could not open its book, or found it damaged; `refusal` says why. */
export type EmbeddedServiceStatus = 'starting' | 'sealed' | 'online' | 'restarting' | 'refused' | 'stopped'

/** The service as a child process of the wallet: its own process, its own file, loopback only, gone when the wallet is gone. */
export type EmbeddedService = {
  /** Starts the process; it listens but keeps its book sealed until `unseal`. Resolves when it listens. */
  start(): Promise<void>
  /** Gives it the key of its book (32 bytes); kept in memory only and given again after a crash. Tries a refused book anew. Resolves when it is ready. */
  unseal(key: Uint8Array): Promise<void>
  readonly url: () => string | undefined
  readonly status: () => EmbeddedServiceStatus
  /** Why it refused its book; only while its status is `refused`. */
  readonly refusal: () => FaultCode | undefined
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

export type Clipboard = { read(): Promise<string>; write(text: string): Promise<void> }

/** Time, and what happens after some of it. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Runs once after `ms`; the answer calls it off. Does not keep the process alive. */
  after(ms: number, run: () => void): () => void
}

/** A one-way WebSocket that only listens. */
export type NudgeSocket = {
  onText(listener: (text: string) => void): void
  onOpen(listener: () => void): void
  /** Told once, however it ended. */
  onClose(listener: () => void): void
  close(): void
}

/** The way to the service. */
export type Network = {
  fetch(url: string, init: RequestInit): Promise<Response>
  socket(url: string, headers: Readonly<Record<string, string>>): NudgeSocket
}

/** Opens or makes the wallet's database. Faults: database_damaged, database_newer, database_too_old, database_key_wrong, folder_read_only, disk_full. */
export type OpenWalletStore = (options: { readonly path: string; readonly key: Uint8Array }) => Promise<WalletStore>

/** What a shell gives to `createWallet`. */
export type WalletParts = {
  /** Where everything of this wallet lives; made where it is missing. */
  readonly dataDir: string
  readonly shell: 'electron' | 'loopback' | 'terminal'
  readonly version: string
  readonly keychain: Keychain
  readonly embeddedService: EmbeddedService
  readonly clock: Clock
  /** UUID version 7. */
  readonly ids: () => string
  readonly network: Network
  readonly openStore: OpenWalletStore
  /** Where statements go. */
  readonly downloadsDir: string
  /** A BCP 47 tag, of the system. */
  readonly defaultLocale: string
  readonly defaultTheme: 'system' | 'light' | 'dark' | 'contrast'
  /** Shows a file in the system's file manager; false where there is none. */
  readonly revealFile: (path: string) => Promise<boolean>
  /** OKPAY_SERVICE_URL: stands above the choice that the person made. */
  readonly serviceUrl?: string
  /** Locks after so long without an act of the person; what the person chose where it is not given. */
  readonly idleLockMs?: number
  /** The system's clipboard, where the shell can read it: only then can a secret be taken from it again. */
  readonly clipboard?: Clipboard
  /** Keeps the window out of pictures and recordings, or no longer; answers whether this system does. */
  readonly shield?: (isOn: boolean) => boolean
  /** How hard a guess of the app password is made; calibrated to this machine where it is not given (tests give a light one). */
  readonly passwordCost?: PasswordCost
}

/** Argon2id, RFC 9106. */
export type PasswordCost = { readonly memoryKiB: number; readonly passes: number; readonly lanes: number }
