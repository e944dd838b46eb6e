import { randomBytes } from 'node:crypto'
import { closeBox, openBox } from './box.ts'
import { VaultDamaged, type VaultFile } from './vaultFile.ts'

/** Every secret of the wallet, 32 bytes each. In memory only while it is unlocked; see `wipeKeys`. */
export type VaultKeys = {
  readonly databaseKey: Buffer
  readonly deviceSeed: Buffer
  readonly embeddedServiceKey: Buffer
  /** Only after a change of the database's key that did not come to its end: the file opens with one of the two. */
  readonly nextDatabaseKey?: Buffer
}

const keyBytes = 32
const purpose = (id: string): string => `okpay vault v1 ${id} secrets`

export function wipeKeys(keys: VaultKeys): void {
  for (const key of Object.values(keys)) key.fill(0)
}

/** `alloc` is never a slice of a shared slab: a key that is handed to the database's thread takes no neighbour with it. */
export function copyOfKey(bytes: Uint8Array, at = 0): Buffer {
  const key = Buffer.alloc(keyBytes)
  key.set(bytes.subarray(at, at + keyBytes))
  return key
}

export function newKey(): Buffer {
  const random = randomBytes(keyBytes)
  const key = copyOfKey(random)
  random.fill(0)
  return key
}

export const newKeys = (): VaultKeys => ({ databaseKey: newKey(), deviceSeed: newKey(), embeddedServiceKey: newKey() })

/** The keys in a box that the master key opens: three, or four while the database goes over to another one. Base64. */
export function sealKeys(id: string, master: Buffer, { databaseKey, deviceSeed, embeddedServiceKey, nextDatabaseKey }: VaultKeys): string {
  const secrets = Buffer.concat([databaseKey, deviceSeed, embeddedServiceKey, ...(nextDatabaseKey ? [nextDatabaseKey] : [])])
  const sealed = closeBox(master, secrets, purpose(id)).toString('base64')
  secrets.fill(0)
  return sealed
}

/** Throws VaultDamaged. */
export function unsealKeys({ id, secrets }: VaultFile, master: Buffer): VaultKeys {
  const opened = openBox(master, Buffer.from(secrets, 'base64'), purpose(id))
  const count = (opened?.length ?? 0) / keyBytes
  if (!opened || (count !== 3 && count !== 4)) throw new VaultDamaged('the box of secrets does not open')
  const part = (index: number): Buffer => copyOfKey(opened, index * keyBytes)
  const keys = {
    databaseKey: part(0),
    deviceSeed: part(1),
    embeddedServiceKey: part(2),
    ...(count === 4 ? { nextDatabaseKey: part(3) } : {}),
  }
  opened.fill(0)
  return keys
}
