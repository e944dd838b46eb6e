import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Fault } from '#core/failure/faults.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from './ports.ts'

const [ivBytes, tagBytes] = [12, 16]

/** The operator's own key (hexadecimal), else one that is made once and kept in the book under this name. */
export async function sealingKey(tx: Tx, { random }: Pick<ServicePorts, 'random'>, setting: string, given: string | null): Promise<Buffer> {
  if (given !== null) return Buffer.from(given, 'hex')
  const kept = await tx.settings.find(setting)
  if (kept !== undefined) return Buffer.from(kept, 'base64url')
  const key = Buffer.from(random(32))
  await tx.settings.save(setting, key.toString('base64url'))
  return key
}

/** AES-256-GCM, bound to what it is `about`: what was sealed for one is nothing in the place of another. Base64url. */
export function seal(key: Uint8Array, { random }: Pick<ServicePorts, 'random'>, about: string, bytes: Uint8Array): string {
  const iv = random(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Fault `unexpected` where another key sealed it, or for something else. */
export function unseal(key: Uint8Array, about: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
  } catch (cause) {
    throw new Fault('unexpected', { cause: new Error('the key that sealed it is another one', { cause }) })
  }
}
