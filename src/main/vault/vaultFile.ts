import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { readIfThere, writeDurably } from './durableFile.ts'

/** The vault, or its key in the keychain, is not what was written: no password will open it. */
export class VaultDamaged extends Error {
  override readonly name = 'VaultDamaged'
}

const box = z.base64()
/** Each wrapping of the master key has an item of its own: the one before stays good until the file names the new one. */
const item = z.string().regex(/^vault-[0-9a-f]{32}(-[0-9a-f]{8})?$/)

const kdf = z.object({
  name: z.literal('argon2id'),
  memoryKiB: z.number().int().min(8).max(4_194_304),
  passes: z.number().int().min(1).max(1000),
  lanes: z.number().int().min(1).max(64),
  salt: box,
})

const vaultFile = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  lock: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keychain'), item: item.optional() }),
    z.object({
      kind: z.literal('password'),
      kdf,
      /** The master key in a box that the password opens; null where that box stands in the keychain. */
      wrapped: box.nullable(),
      item: item.optional(),
      /** SHA-256 of the box in the keychain, in hexadecimal: another program's change of it is no wrong password. */
      seal: z.string().optional(),
    }),
  ]),
  /** The keys, in a box that the master key opens. */
  secrets: box,
  /** The master key in a box that the words of the recovery kit open. */
  recovery: z.object({ box, madeAt: z.string() }).optional(),
  /** Items of the keychain that nothing needs any more and that could not be forgotten yet. */
  stale: z.array(item).optional(),
  databaseKeyAt: z.string().optional(),
})

/** What lies in `vault.json`. Boxes are base64. */
export type VaultFile = z.infer<typeof vaultFile>
export type VaultLock = VaultFile['lock']
export type PasswordLock = Extract<VaultLock, { kind: 'password' }>

/** Where the keychain holds what this lock needs; undefined where it needs nothing of it. A wallet of an early build has one item by the vault's id. */
export function itemOf(id: string, lock: VaultLock): string | undefined {
  const isInFile = lock.kind === 'password' && lock.wrapped !== null
  return isInFile ? undefined : (lock.item ?? `vault-${id}`)
}

export const newItem = (id: string): string => `vault-${id}-${randomBytes(4).toString('hex')}`

async function read(path: string): Promise<VaultFile | undefined> {
  const text = await readIfThere(path)
  if (text === undefined) return undefined
  try {
    return vaultFile.parse(JSON.parse(text))
  } catch (error) {
    throw new VaultDamaged('the vault file cannot be read', { cause: error })
  }
}

export type VaultFiles = {
  /** `vault.json`. */
  readonly path: string
  /** A copy, for the day on which the file itself is damaged. */
  readonly copyPath: string
}

/** Undefined where there is none. Throws VaultDamaged. */
export const loadVault = ({ path }: VaultFiles): Promise<VaultFile | undefined> => read(path)

/** As `loadVault`, and the copy where the file is gone or damaged: for who has the kit, either will do. */
export async function loadVaultOrCopy({ path, copyPath }: VaultFiles): Promise<VaultFile | undefined> {
  try {
    const file = await read(path)
    if (file) return file
  } catch (error) {
    if (!(error instanceof VaultDamaged)) throw error
  }
  return read(copyPath)
}

/** The copy first: whichever of the two is there after a power cut, what it needs is in the keychain still. Faults: disk_full, folder_read_only. */
export async function keepVault({ path, copyPath }: VaultFiles, file: VaultFile): Promise<void> {
  const text = `${JSON.stringify(file, null, 2)}\n`
  await mkdir(dirname(copyPath), { recursive: true, mode: 0o700 })
  await writeDurably(copyPath, text)
  await writeDurably(path, text)
}
