import { access, mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppState } from '#contracts/bridge/app.ts'
import { Fault, type FaultCode } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { RekeyStep, WalletStore } from '#core/wallet/store.ts'
import type { Backups } from './backups.ts'
import type { OpenWallet } from './openWallet.ts'
import type { Clock, OpenWalletStore } from './ports.ts'
import { createTurns } from './sync/turns.ts'
import { readIfThere, writeDurably } from './vault/durableFile.ts'
import { type VaultKeys, wipeKeys } from './vault/keys.ts'
import type { NewKit, Vault } from './vault/vault.ts'
import { VaultDamaged } from './vault/vaultFile.ts'

export type Unreadable = NonNullable<AppState['unreadable']>

/** Where the wallet stands. Each phase holds only what is true in it: keys are nowhere but in `unlocked`, and in `unreadable` until it is put right. */
export type Phase =
  | { readonly is: 'first_run' }
  | { readonly is: 'locked' }
  | { readonly is: 'unlocked'; readonly open: OpenWallet }
  | { readonly is: 'unreadable'; readonly why: Unreadable; readonly keys: VaultKeys | undefined }

export type Session = {
  phase(): Phase
  /** Whether the wallet was made since the start. */
  isNew(): boolean
  /** Looks at what is on disk. Once, before anything else. */
  begin(): Promise<void>
  create(password: string | null): Promise<Outcome<null>>
  unlock(password: string | null): Promise<Outcome<null>>
  /** Closes the database, stops the sync, wipes the keys. An unreadable wallet becomes a locked one, to try again. */
  lock(): Promise<void>
  /** Puts the last good copy in the place of what is damaged; what is damaged is kept beside it. Declines: not_allowed. */
  restore(): Promise<Outcome<null>>
  /** Sets aside a wallet whose password nobody knows any more. Declines: not_allowed, where it is not locked. */
  beginAnew(): Promise<Outcome<null>>
  /** Opens the wallet by its recovery kit, with a new password. Declines: not_allowed, and those of the vault. */
  recover(words: string, password: string | null): Promise<Outcome<null>>
  /** Declines: wallet_locked, and those of the vault; so with the next two. */
  changePassword(current: string | null, next: string | null): Promise<Outcome<null>>
  makeKit(password: string | null): Promise<Outcome<NewKit>>
  /** While it works the wallet waits; a lock comes after it. */
  rotateDatabaseKey(password: string | null, onStep: (step: RekeyStep) => void): Promise<Outcome<null>>
  /** A fault came out of the open database: one that says it is damaged closes it. */
  onStoreFault(code: FaultCode): Promise<void>
}

export type SessionFiles = {
  readonly dataDir: string
  readonly vault: string
  readonly vaultCopy: string
  readonly database: string
}

type SessionParts = {
  readonly files: SessionFiles
  readonly vault: Vault
  readonly backups: Backups
  readonly clock: Clock
  readonly openStore: OpenWalletStore
  readonly openWallet: (store: WalletStore, keys: VaultKeys) => OpenWallet
  /** The embedded service's book is sealed with a key of the vault: without the vault it has to begin anew too. */
  readonly setServiceAside: (moveTo: string) => Promise<void>
  readonly onChange: () => void
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** What a fault of opening says about the wallet; undefined where it says nothing about its file. */
function unreadableCode(error: unknown): Unreadable['code'] | undefined {
  if (error instanceof VaultDamaged) return 'vault_damaged'
  if (!(error instanceof Fault)) return undefined
  switch (error.code) {
    case 'database_damaged':
    case 'database_newer':
    case 'database_too_old':
    case 'folder_read_only':
    case 'disk_full':
      return error.code
    case 'database_key_wrong':
      // The key came out of an authenticated box, so it is the file that is not what was written.
      return 'database_damaged'
    default:
      return undefined
  }
}

const fileTime = (now: number): string => new Date(now).toISOString().replace(/[:.]/g, '-')

/** SQLite keeps what is not yet in the file beside it: the three belong together. */
async function moveDatabase(from: string, to: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm']) if (await exists(from + ending)) await rename(from + ending, to + ending)
}

/** The wallet's life on this computer: made, locked, unlocked, unreadable, put right. One change at a time. */
export function createSession(parts: SessionParts): Session {
  const { files, vault, backups, clock } = parts
  const inTurn = createTurns()
  let phase: Phase = { is: 'locked' }
  let isNew = false

  function become(next: Phase): void {
    phase = next
    parts.onChange()
  }

  async function unreadable(code: Unreadable['code'], keys: VaultKeys | undefined): Promise<void> {
    const at = code === 'vault_damaged' ? await copyOfVault() : (await backups.newest())?.at
    become({ is: 'unreadable', keys, why: { code, backupAt: at === undefined ? null : new Date(at).toISOString() } })
  }

  /** Only where it differs from the vault that does not open. */
  async function copyOfVault(): Promise<number | undefined> {
    const copy = await readIfThere(files.vaultCopy)
    return copy === undefined || copy === (await readIfThere(files.vault)) ? undefined : clock.now()
  }

  /** A change of the database's key that was broken off leaves two in the vault: the file opens with one of them, which is the key from now on. */
  async function openStore(keys: VaultKeys): Promise<WalletStore> {
    const path = files.database
    const { databaseKey, nextDatabaseKey } = keys
    try {
      return await parts.openStore({ path, key: databaseKey })
    } catch (error) {
      if (!nextDatabaseKey || !(error instanceof Fault) || error.code !== 'database_key_wrong') throw error
      const store = await parts.openStore({ path, key: nextDatabaseKey })
      nextDatabaseKey.copy(databaseKey)
      return store
    }
  }

  async function open(keys: VaultKeys): Promise<void> {
    let opened: OpenWallet | undefined
    try {
      opened = parts.openWallet(await openStore(keys), keys)
      await opened.start()
      become({ is: 'unlocked', open: opened })
    } catch (error) {
      await opened?.close().catch(() => {})
      const code = unreadableCode(error)
      if (code === undefined) wipeKeys(keys)
      else await unreadable(code, keys)
      throw error
    }
  }

  async function close(): Promise<void> {
    const closing = phase
    if (closing.is === 'unlocked') {
      become({ is: 'locked' })
      try {
        await closing.open.close()
      } finally {
        wipeKeys(closing.open.keys)
      }
    } else if (closing.is === 'unreadable') {
      if (closing.keys) wipeKeys(closing.keys)
      await look()
    }
  }

  async function look(): Promise<void> {
    const state = await vault.state()
    if (state === 'keychain' || state === 'password') return become({ is: 'locked' })
    const hasTraces = state === 'damaged' || (await exists(files.database)) || (await exists(files.vaultCopy))
    return hasTraces ? unreadable('vault_damaged', undefined) : become({ is: 'first_run' })
  }

  async function unlock(password: string | null): Promise<Outcome<null>> {
    if (phase.is !== 'locked') return no('not_allowed')
    let opened: Outcome<VaultKeys>
    try {
      opened = await vault.open(password)
    } catch (error) {
      if (!(error instanceof VaultDamaged)) throw error
      await unreadable('vault_damaged', undefined)
      return ok(null)
    }
    return opened.ok ? openWith(opened.value, password) : opened
  }

  /** A database that is gone is never made anew behind the person's back. */
  async function openWith(keys: VaultKeys, password: string | null): Promise<Outcome<null>> {
    if (await exists(files.database)) await openOrTell(keys)
    else await unreadable('database_damaged', keys)
    if (phase.is !== 'unlocked' || !keys.nextDatabaseKey) return ok(null)
    const settled = await vault.settleDatabaseKey(password, keys.databaseKey)
    if (settled.ok) await backups.renew(phase.open.store, clock.now())
    return settled
  }

  /** A vault that is damaged, or whose keychain is gone, opens by the kit too. */
  async function recover(words: string, password: string | null): Promise<Outcome<null>> {
    const isLost = phase.is === 'locked' || (phase.is === 'unreadable' && phase.why.code === 'vault_damaged')
    if (!isLost) return no('not_allowed')
    const opened = await vault.recover(words, password)
    return opened.ok ? openWith(opened.value, password) : opened
  }

  /** What is done to the vault of an open wallet. */
  const unlocked = <T>(work: (open: OpenWallet) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    inTurn(async () => (phase.is === 'unlocked' ? work(phase.open) : no('wallet_locked')))

  async function rotate(open: OpenWallet, password: string | null, onStep: (step: RekeyStep) => void): Promise<Outcome<null>> {
    const { databaseKey } = open.keys
    const rotated = await vault.rotateDatabaseKey(password, databaseKey, next => open.store.rekey(next, onStep))
    if (!rotated.ok) return rotated
    rotated.value.copy(databaseKey)
    rotated.value.fill(0)
    await backups.renew(open.store, clock.now())
    return ok(null)
  }

  /** What cannot be read is a phase that the window shows, not an error. */
  async function openOrTell(keys: VaultKeys): Promise<void> {
    try {
      await open(keys)
    } catch (error) {
      if (unreadableCode(error) === undefined) throw error
    }
  }

  /** Everything that belongs to the lost key or password goes into a folder of its own, and the wallet begins anew. Nothing is deleted. */
  async function setAside(why: 'damaged' | 'forgotten'): Promise<void> {
    const aside = join(files.dataDir, `${why}-${fileTime(clock.now())}`)
    await mkdir(aside, { recursive: true, mode: 0o700 })
    await moveDatabase(files.database, join(aside, 'wallet.db'))
    const names = (await readdir(files.dataDir)).filter(name => ['vault.json', 'vault-tries.json', 'backup'].includes(name))
    for (const name of names) await rename(join(files.dataDir, name), join(aside, name))
    await parts.setServiceAside(join(aside, 'service'))
    become({ is: 'first_run' })
  }

  async function restoreVault(): Promise<void> {
    if ((await copyOfVault()) === undefined) return setAside('damaged')
    if (await exists(files.vault)) await rename(files.vault, `${files.vault}.damaged-${fileTime(clock.now())}`)
    await writeDurably(files.vault, (await readIfThere(files.vaultCopy)) ?? '')
    await look()
  }

  /** Where there is no copy the book begins empty, and signing in fetches the account anew: its truth is at the service. */
  async function restoreDatabase(keys: VaultKeys): Promise<void> {
    await moveDatabase(files.database, `${files.database}.damaged-${fileTime(clock.now())}`)
    await backups.putBack(files.database)
    await openOrTell(keys)
  }

  return {
    phase: () => phase,
    isNew: () => isNew,
    begin: () => inTurn(look),
    unlock: password => inTurn(() => unlock(password)),
    lock: () => inTurn(close),
    recover: (words, password) => inTurn(() => recover(words, password)),
    changePassword: (current, next) =>
      unlocked(async () => {
        const changed = await vault.changePassword(current, next)
        if (changed.ok) parts.onChange()
        return changed
      }),
    makeKit: password =>
      unlocked(async () => {
        const made = await vault.makeKit(password)
        return made.ok ? ok({ words: made.value.words, keep: () => inTurn(made.value.keep) }) : made
      }),
    rotateDatabaseKey: (password, onStep) => unlocked(open => rotate(open, password, onStep)),

    create: password =>
      inTurn(async () => {
        if (phase.is !== 'first_run') return no('wallet_exists')
        const made = await vault.create(password)
        if (!made.ok) return made
        isNew = true
        await open(made.value)
        return ok(null)
      }),

    restore: () =>
      inTurn(async () => {
        if (phase.is !== 'unreadable') return no('not_allowed')
        const { why, keys } = phase
        if (why.code === 'vault_damaged') await restoreVault()
        else if (why.code === 'database_damaged' && keys) await restoreDatabase(keys)
        else return no('not_allowed')
        return ok(null)
      }),

    beginAnew: () =>
      inTurn(async () => {
        if (phase.is !== 'locked') return no('not_allowed')
        await setAside('forgotten')
        return ok(null)
      }),

    onStoreFault: code =>
      inTurn(async () => {
        if (phase.is !== 'unlocked' || unreadableCode(new Fault(code)) !== 'database_damaged') return
        const { open: opened } = phase
        await unreadable('database_damaged', opened.keys)
        await opened.close().catch(() => {})
      }),
  }
}
