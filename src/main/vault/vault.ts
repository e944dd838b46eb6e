import { randomBytes } from 'node:crypto'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { readIfThere } from './durableFile.ts'
import { copyOfKey, newKey, newKeys, sealKeys, unsealKeys, type VaultKeys } from './keys.ts'
import { closeForKit, createMasterKey, type MasterParts, openByKit } from './masterKey.ts'
import { readWords, wordsOf } from './recoveryWords.ts'
import { itemOf, keepVault, loadVault, loadVaultOrCopy, VaultDamaged, type VaultFile } from './vaultFile.ts'

export type VaultState = 'missing' | 'damaged' | 'keychain' | 'password'

/** What the person may know of their vault. */
export type VaultFacts = {
  /** When the recovery kit that opens it was made; null where there is none. */
  readonly kitMadeAt: string | null
  /** When the database got its present key; null where it still has the first one. */
  readonly databaseKeyAt: string | null
}

/** A kit that was made and not kept yet: the one before stays good until then. */
export type NewKit = {
  readonly words: readonly string[]
  /** From now on these words open the vault, and no earlier ones. */
  keep(): Promise<void>
}

export type Vault = {
  state(): Promise<VaultState>
  facts(): Promise<VaultFacts>
  /** Makes the keys and keeps them. Declines: wallet_exists, app_password_required, app_password_weak. Fault: keychain_unavailable. */
  create(password: string | null): Promise<Outcome<VaultKeys>>
  /** Declines: app_password_required, app_password_wait, app_password_wrong. Fault: keychain_unavailable. Throws VaultDamaged. */
  open(password: string | null): Promise<Outcome<VaultKeys>>
  waitUntil(): Promise<number | null>
  /**
   * Protects the same keys by another password, or by the keychain alone (`next` null); what they encrypt is not touched. Whatever breaks it off, the
   * old or the new one opens. Declines: those of `open` for `current`, app_password_required, app_password_weak. Fault: keychain_unavailable.
   */
  changePassword(current: string | null, next: string | null): Promise<Outcome<null>>
  /** Declines: those of `open`. */
  makeKit(password: string | null): Promise<Outcome<NewKit>>
  /**
   * Opens the vault by the words of its kit and protects it anew, also where password, keychain or the vault file itself are lost.
   * Declines: recovery_words_wrong, recovery_words_other, recovery_kit_none, app_password_required, app_password_weak.
   */
  recover(words: string, password: string | null): Promise<Outcome<VaultKeys>>
  /**
   * Gives the database another key: both stand in the vault while `rekey` works, so that the file opens wherever it is broken off.
   * The answer is the new key, which the caller wipes. Declines: those of `open`.
   */
  rotateDatabaseKey(password: string | null, current: Buffer, rekey: (next: Buffer) => Promise<void>): Promise<Outcome<Buffer>>
  /** After a rotation that was broken off: `current` is the key that the database opened with; the other is forgotten. */
  settleDatabaseKey(password: string | null, current: Buffer): Promise<Outcome<null>>
}

/**
 * What protects the wallet's keys. A random master key closes the box of secrets. With a trusted keychain and no password it lies in the keychain;
 * with a password it is wrapped by Argon2id, and the wrapped key lies in the keychain where there is one, else in the file.
 * The recovery kit wraps the same master key once more. One change at a time: see the session.
 */
export function createVault(parts: MasterParts): Vault {
  const masterKey = createMasterKey(parts)

  async function load(): Promise<VaultFile> {
    const file = await loadVault(parts)
    if (!file) throw new VaultDamaged('there is no vault')
    return file
  }

  /** Lends the master key to `work` and wipes it afterwards. */
  async function withMaster<T>(file: VaultFile, password: string | null, work: (master: Buffer) => Promise<T>): Promise<Outcome<T>> {
    const opened = await masterKey.open(file, password)
    if (!opened.ok) return opened
    try {
      return ok(await work(opened.value))
    } finally {
      opened.value.fill(0)
    }
  }

  /** Items that nothing names any more hold the master key too. What cannot be forgotten now is tried again at the next opening. */
  async function forgetStale(file: VaultFile): Promise<void> {
    const { stale = [], ...rest } = file
    if (stale.length === 0) return
    const left = await masterKey.forget(stale)
    if (left.length < stale.length) await keepVault(parts, left.length === 0 ? rest : { ...rest, stale: [...left] })
  }

  /** Wraps the master key anew. The items of the old wrapping go only when the file names the new one. */
  async function protectAnew(file: VaultFile, master: Buffer, password: string | null): Promise<void> {
    const lock = await masterKey.wrap(file.id, master, password)
    const old = itemOf(file.id, file.lock)
    const renewed: VaultFile = { ...file, lock, stale: [...(file.stale ?? []), ...(old === undefined ? [] : [old])] }
    await keepVault(parts, renewed)
    await forgetStale(renewed)
  }

  return {
    async state() {
      try {
        return (await loadVault(parts))?.lock.kind ?? 'missing'
      } catch (error) {
        if (error instanceof VaultDamaged) return 'damaged'
        throw error
      }
    },

    async facts() {
      const { recovery, databaseKeyAt } = await load()
      return { kitMadeAt: recovery?.madeAt ?? null, databaseKeyAt: databaseKeyAt ?? null }
    },

    async create(password) {
      if (await readIfThere(parts.path)) return no('wallet_exists')
      const refused = await masterKey.refusal(password)
      if (refused) return refused
      const id = randomBytes(16).toString('hex')
      const master = newKey()
      try {
        const keys = newKeys()
        const lock = await masterKey.wrap(id, master, password)
        await keepVault(parts, { format: 1, id, lock, secrets: sealKeys(id, master, keys) })
        return ok(keys)
      } finally {
        master.fill(0)
      }
    },

    async open(password) {
      const file = await load()
      const opened = await withMaster(file, password, async master => unsealKeys(file, master))
      if (opened.ok) await forgetStale(file)
      return opened
    },

    waitUntil: () => masterKey.tries.waitUntil(parts.clock.now()),

    async changePassword(current, next) {
      const file = await load()
      const refused = await masterKey.refusal(next)
      if (refused) return refused
      return withMaster(file, current, async master => {
        await protectAnew(file, master, next)
        return null
      })
    },

    async makeKit(password) {
      const { id, ...file } = await load()
      const entropy = randomBytes(32)
      const words = wordsOf(entropy)
      const closed = await withMaster({ id, ...file }, password, async master => closeForKit(id, entropy, master))
      entropy.fill(0)
      if (!closed.ok) return closed
      return ok({
        words,
        keep: async () =>
          keepVault(parts, { ...(await load()), recovery: { box: closed.value, madeAt: new Date(parts.clock.now()).toISOString() } }),
      })
    },

    async recover(words, password) {
      const entropy = readWords(words)
      if (!entropy.ok) return entropy
      const file = await loadVaultOrCopy(parts)
      if (!file?.recovery) return no('recovery_kit_none')
      const master = openByKit(file, entropy.value)
      entropy.value.fill(0)
      if (!master) return no('recovery_words_other')
      try {
        const refused = await masterKey.refusal(password)
        if (refused) return refused
        const keys = unsealKeys(file, master)
        await protectAnew(file, master, password)
        await masterKey.tries.forget()
        return ok(keys)
      } finally {
        master.fill(0)
      }
    },

    async rotateDatabaseKey(password, current, rekey) {
      const file = await load()
      return withMaster(file, password, async master => {
        const { deviceSeed, embeddedServiceKey } = unsealKeys(file, master)
        const next = newKey()
        try {
          const both = { databaseKey: current, nextDatabaseKey: next, deviceSeed, embeddedServiceKey }
          await keepVault(parts, { ...file, secrets: sealKeys(file.id, master, both) })
          await rekey(next)
          const secrets = sealKeys(file.id, master, { databaseKey: next, deviceSeed, embeddedServiceKey })
          await keepVault(parts, { ...file, secrets, databaseKeyAt: new Date(parts.clock.now()).toISOString() })
          return copyOfKey(next)
        } finally {
          for (const key of [next, deviceSeed, embeddedServiceKey]) key.fill(0)
        }
      })
    },

    async settleDatabaseKey(password, current) {
      const file = await load()
      return withMaster(file, password, async master => {
        const { deviceSeed, embeddedServiceKey } = unsealKeys(file, master)
        await keepVault(parts, { ...file, secrets: sealKeys(file.id, master, { databaseKey: current, deviceSeed, embeddedServiceKey }) })
        for (const key of [deviceSeed, embeddedServiceKey]) key.fill(0)
        return null
      })
    },
  }
}
