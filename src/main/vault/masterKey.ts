import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { measurePassword } from '#core/account/passwordStrength.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Clock, Keychain, PasswordCost } from '../ports.ts'
import { closeBox, openBox } from './box.ts'
import { calibrateCost, passwordKey } from './passwordKey.ts'
import { countTries } from './tries.ts'
import { itemOf, newItem, type PasswordLock, VaultDamaged, type VaultFile, type VaultFiles, type VaultLock } from './vaultFile.ts'

const purpose = (id: string): string => `okpay vault v1 ${id} master`
const recoveryPurpose = (id: string): string => `okpay vault v1 ${id} recovery`

const sealOf = (wrapped: Uint8Array): string => createHash('sha256').update(wrapped).digest('hex')

/** A keychain that keeps its secrets as plain text protects nothing: then a password has to. */
export const isTrusted = ({ kind }: Keychain): boolean => kind !== 'none' && kind !== 'plain_text'

export type MasterParts = VaultFiles & {
  readonly keychain: Keychain
  readonly clock: Clock
  /** Calibrated to this machine at each wrapping where it is not given. */
  readonly cost?: PasswordCost | undefined
}

function recoveryKey(id: string, entropy: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', entropy, Buffer.from(id, 'hex'), 'okpay recovery kit v1', 32))
}

/** The master key in a box that the kit's 32 bytes open. Base64. */
export function closeForKit(id: string, entropy: Uint8Array, master: Buffer): string {
  const key = recoveryKey(id, entropy)
  const box = closeBox(key, master, recoveryPurpose(id)).toString('base64')
  key.fill(0)
  return box
}

/** Undefined where the kit is another vault's, or an earlier one of this vault. */
export function openByKit({ id, recovery }: VaultFile, entropy: Uint8Array): Buffer | undefined {
  if (!recovery) return undefined
  const key = recoveryKey(id, entropy)
  const master = openBox(key, Buffer.from(recovery.box, 'base64'), recoveryPurpose(id))
  key.fill(0)
  return master
}

/** Wraps the vault's master key and opens it again: by the keychain, by the app password, or by both. */
export function createMasterKey(parts: MasterParts) {
  const { keychain, clock } = parts
  const tries = countTries(join(dirname(parts.path), 'vault-tries.json'))

  async function fromKeychain(file: VaultFile): Promise<Buffer> {
    const secret = await keychain.load(itemOf(file.id, file.lock) ?? '')
    if (secret === undefined) throw new VaultDamaged('the keychain holds nothing for this vault')
    return Buffer.from(secret)
  }

  async function wrappedOf(file: VaultFile, lock: PasswordLock): Promise<Buffer> {
    if (lock.wrapped !== null) return Buffer.from(lock.wrapped, 'base64')
    const wrapped = await fromKeychain(file)
    if (lock.seal !== undefined && lock.seal !== sealOf(wrapped)) throw new VaultDamaged('the item of the keychain was changed')
    return wrapped
  }

  async function byPassword(file: VaultFile, lock: PasswordLock, password: string): Promise<Outcome<Buffer>> {
    const waitUntil = await tries.waitUntil(clock.now())
    if (waitUntil !== null) return no('app_password_wait', { at: new Date(waitUntil).toISOString() })
    const wrapped = await wrappedOf(file, lock)
    const triesLeft = await tries.begin(clock.now())
    const key = await passwordKey(password, Buffer.from(lock.kdf.salt, 'base64'), lock.kdf)
    const master = openBox(key, wrapped, purpose(file.id))
    key.fill(0)
    if (!master) {
      const at = await tries.waitUntil(clock.now())
      return at === null
        ? no('app_password_wrong', { triesLeft: String(triesLeft) })
        : no('app_password_wait', { at: new Date(at).toISOString() })
    }
    await tries.forget()
    return ok(master)
  }

  /** Only a secret that comes back was kept. */
  async function keepInKeychain(id: string, secret: Uint8Array): Promise<string> {
    const item = newItem(id)
    await keychain.save(item, secret)
    const found = await keychain.load(item)
    if (found === undefined || Buffer.compare(found, secret) !== 0)
      throw new Fault('keychain_unavailable', { cause: new Error('what was saved does not come back') })
    return item
  }

  return {
    tries,

    /** Declines: app_password_required, app_password_wait, app_password_wrong. Fault: keychain_unavailable. Throws VaultDamaged. The caller wipes it. */
    async open(file: VaultFile, password: string | null): Promise<Outcome<Buffer>> {
      if (file.lock.kind === 'keychain') return ok(await fromKeychain(file))
      return password === null ? no('app_password_required') : byPassword(file, file.lock, password)
    },

    /** Undefined where this password, or none, may protect a wallet here. */
    async refusal(password: string | null): Promise<ReturnType<typeof no> | undefined> {
      if (password === null) return isTrusted(keychain) ? undefined : no('app_password_required')
      return (await measurePassword(password)).acceptable ? undefined : no('app_password_weak')
    },

    /** The cost of a guess is measured anew each time: a faster machine gets a harder one. Fault: keychain_unavailable. */
    async wrap(id: string, master: Buffer, password: string | null): Promise<VaultLock> {
      if (password === null) return { kind: 'keychain', item: await keepInKeychain(id, master) }
      const cost = parts.cost ?? (await calibrateCost())
      const salt = randomBytes(16)
      const key = await passwordKey(password, salt, cost)
      const wrapped = closeBox(key, master, purpose(id))
      key.fill(0)
      const kdf = { name: 'argon2id', ...cost, salt: salt.toString('base64') } as const
      if (!isTrusted(keychain)) return { kind: 'password', kdf, wrapped: wrapped.toString('base64') }
      return { kind: 'password', kdf, wrapped: null, item: await keepInKeychain(id, wrapped), seal: sealOf(wrapped) }
    },

    /** Answers those that could not be forgotten: a locked keychain keeps them for now. */
    async forget(items: readonly string[]): Promise<readonly string[]> {
      const left: string[] = []
      for (const item of items) await keychain.forget(item).catch(() => left.push(item))
      return left
    },
  }
}
