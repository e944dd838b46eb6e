import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { measurePassword } from '#core/account/passwordStrength.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Clock, Keychain, PasswordCost } from '../ports.ts'
import { closeBox, openBox } from './box.ts'
import { readIfThere, writeDurably } from './durableFile.ts'
import { calibrateCost, passwordKey } from './passwordKey.ts'
import { countTries } from './tries.ts'

/** Every secret of the wallet, 32 bytes each. In memory only while it is unlocked; see `wipeKeys`. */
export type VaultKeys = { readonly databaseKey: Buffer; readonly deviceSeed: Buffer; readonly embeddedServiceKey: Buffer }

/** The vault, or its key in the keychain, is not what was written: no password will open it. */
export class VaultDamaged extends Error {
  override readonly name = 'VaultDamaged'
}

export type VaultState = 'missing' | 'damaged' | 'keychain' | 'password'

export type Vault = {
  state(): Promise<VaultState>
  /** Makes the keys and keeps them. Declines: wallet_exists, app_password_required, app_password_weak. Fault: keychain_unavailable. */
  create(password: string | null): Promise<Outcome<VaultKeys>>
  /** Declines: app_password_required, app_password_wait, app_password_wrong. Fault: keychain_unavailable. Throws VaultDamaged. */
  open(password: string | null): Promise<Outcome<VaultKeys>>
  waitUntil(): Promise<number | null>
}

const base64 = z.base64().transform(text => Buffer.from(text, 'base64'))
const kdf = z.object({
  name: z.literal('argon2id'),
  memoryKiB: z.number().int().min(8).max(4_194_304),
  passes: z.number().int().min(1).max(1000),
  lanes: z.number().int().min(1).max(64),
  salt: base64,
})
const vaultFile = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  lock: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keychain') }),
    /** `wrapped`: the master key in a box that the password opens; null where that box stands in the keychain. */
    z.object({ kind: z.literal('password'), kdf, wrapped: base64.nullable() }),
  ]),
  /** The keys, in a box that the master key opens. */
  secrets: base64,
})
type VaultFile = z.infer<typeof vaultFile>

const keyBytes = 32
const masterPurpose = (id: string): string => `okpay vault v1 ${id} master`
const secretsPurpose = (id: string): string => `okpay vault v1 ${id} secrets`
const keychainName = (id: string): string => `vault-${id}`

/** A keychain that keeps its secrets as plain text protects nothing: then a password has to. */
export const isTrusted = ({ kind }: Keychain): boolean => kind !== 'none' && kind !== 'plain_text'

export function wipeKeys(keys: VaultKeys): void {
  for (const key of Object.values(keys)) key.fill(0)
}

function splitSecrets(secrets: Buffer): VaultKeys {
  // `alloc` is never a slice of a shared slab: a key that is handed to the database's thread takes no neighbour with it.
  const part = (index: number): Buffer => {
    const key = Buffer.alloc(keyBytes)
    secrets.copy(key, 0, index * keyBytes, (index + 1) * keyBytes)
    return key
  }
  const keys = { databaseKey: part(0), deviceSeed: part(1), embeddedServiceKey: part(2) }
  secrets.fill(0)
  return keys
}

type VaultParts = {
  /** `vault.json`. */
  readonly path: string
  /** A copy made at creation, for the day on which the file itself is damaged. */
  readonly copyPath: string
  readonly keychain: Keychain
  readonly clock: Clock
  readonly cost?: PasswordCost | undefined
}

/**
 * What protects the wallet's keys. A random master key closes the box of secrets. With a trusted keychain and no password it lies in the keychain;
 * with a password it is wrapped by Argon2id, and the wrapped key lies in the keychain where there is one, else in the file.
 */
export function createVault(parts: VaultParts): Vault {
  const tries = countTries(join(dirname(parts.path), 'vault-tries.json'))

  async function load(): Promise<VaultFile | undefined> {
    const text = await readIfThere(parts.path)
    if (text === undefined) return undefined
    try {
      return vaultFile.parse(JSON.parse(text))
    } catch (error) {
      throw new VaultDamaged('the vault file cannot be read', { cause: error })
    }
  }

  function unseal({ id, secrets }: VaultFile, master: Buffer): VaultKeys {
    const opened = openBox(master, secrets, secretsPurpose(id))
    master.fill(0)
    if (opened?.length !== 3 * keyBytes) throw new VaultDamaged('the box of secrets does not open')
    return splitSecrets(opened)
  }

  async function fromKeychain(id: string): Promise<Buffer> {
    const secret = await parts.keychain.load(keychainName(id))
    if (secret === undefined) throw new VaultDamaged('the keychain holds nothing for this vault')
    return Buffer.from(secret)
  }

  async function openByPassword(file: VaultFile, lock: Extract<VaultFile['lock'], { kind: 'password' }>, password: string) {
    const waitUntil = await tries.waitUntil(parts.clock.now())
    if (waitUntil !== null) return no('app_password_wait', { at: new Date(waitUntil).toISOString() })
    const wrapped = lock.wrapped ?? (await fromKeychain(file.id))
    const triesLeft = await tries.begin(parts.clock.now())
    const key = await passwordKey(password, lock.kdf.salt, lock.kdf)
    const master = openBox(key, wrapped, masterPurpose(file.id))
    key.fill(0)
    if (!master) {
      const at = await tries.waitUntil(parts.clock.now())
      return at === null
        ? no('app_password_wrong', { triesLeft: String(triesLeft) })
        : no('app_password_wait', { at: new Date(at).toISOString() })
    }
    const keys = unseal(file, master)
    await tries.forget()
    return ok(keys)
  }

  async function protect(id: string, master: Buffer, password: string | null): Promise<object> {
    if (password === null) {
      await parts.keychain.save(keychainName(id), master)
      return { kind: 'keychain' }
    }
    const cost = parts.cost ?? (await calibrateCost())
    const salt = randomBytes(16)
    const key = await passwordKey(password, salt, cost)
    const wrapped = closeBox(key, master, masterPurpose(id))
    key.fill(0)
    const inKeychain = isTrusted(parts.keychain)
    if (inKeychain) await parts.keychain.save(keychainName(id), wrapped)
    return {
      kind: 'password',
      kdf: { name: 'argon2id', ...cost, salt: salt.toString('base64') },
      wrapped: inKeychain ? null : wrapped.toString('base64'),
    }
  }

  return {
    async state() {
      try {
        return (await load())?.lock.kind ?? 'missing'
      } catch (error) {
        if (error instanceof VaultDamaged) return 'damaged'
        throw error
      }
    },

    async create(password) {
      if (await readIfThere(parts.path)) return no('wallet_exists')
      if (password === null && !isTrusted(parts.keychain)) return no('app_password_required')
      if (password !== null && !(await measurePassword(password)).acceptable) return no('app_password_weak')
      const id = randomBytes(16).toString('hex')
      const master = randomBytes(keyBytes)
      const secrets = randomBytes(3 * keyBytes)
      const lock = await protect(id, master, password)
      const box = closeBox(master, secrets, secretsPurpose(id))
      master.fill(0)
      const text = `${JSON.stringify({ format: 1, id, lock, secrets: box.toString('base64') }, null, 2)}\n`
      await mkdir(dirname(parts.copyPath), { recursive: true, mode: 0o700 })
      await writeDurably(parts.copyPath, text)
      await writeDurably(parts.path, text)
      return ok(splitSecrets(secrets))
    },

    async open(password) {
      const file = await load()
      if (!file) throw new VaultDamaged('there is no vault')
      if (file.lock.kind === 'keychain') return ok(unseal(file, await fromKeychain(file.id)))
      if (password === null) return no('app_password_required')
      return openByPassword(file, file.lock, password)
    },

    waitUntil: () => tries.waitUntil(parts.clock.now()),
  }
}
