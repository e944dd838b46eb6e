import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Fault } from '#core/failure/faults.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'

type Key = Pick<ServicePorts, 'config' | 'random'>

const keySetting = 'factor_key'
const [ivBytes, tagBytes] = [12, 16]

/** The operator's own key, else one that is made once and kept in the book. */
async function sealingKey(tx: Tx, { config, random }: Key): Promise<Buffer> {
  if (config.factorKey !== null) return Buffer.from(config.factorKey, 'hex')
  const kept = await tx.settings.find(keySetting)
  if (kept !== undefined) return Buffer.from(kept, 'base64url')
  const key = Buffer.from(random(32))
  await tx.settings.save(keySetting, key.toString('base64url'))
  return key
}

const about = (holderId: string) => Buffer.from(`okpay.factor.1\n${holderId}`)

/** AES-256-GCM, bound to the holder: the secret of one account is nothing in the row of another. */
export async function seal(tx: Tx, ports: Key, holderId: string, secret: string): Promise<string> {
  const iv = ports.random(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', await sealingKey(tx, ports), iv).setAAD(about(holderId))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Fault `unexpected` where another key sealed it. */
export async function unseal(tx: Tx, ports: Key, holderId: string, sealed: string): Promise<string> {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', await sealingKey(tx, ports), bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(about(holderId)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Fault('unexpected', { cause: new Error('the key of the second factor is another one', { cause }) })
  }
}
