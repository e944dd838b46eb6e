import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Command } from '#contracts/service/commands.ts'
import { signedText } from '#contracts/service/signing.ts'
import type { VerifySignature } from '../ports.ts'

/** Keys of the devices that were heard last: reading one costs half as much as checking what it signed. */
const keys = new Map<string, KeyObject>()
const mostKeys = 1_000

function keyOf(publicKey: string): KeyObject {
  const known = keys.get(publicKey)
  if (known) return known
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  if (keys.size >= mostKeys) keys.clear()
  keys.set(publicKey, key)
  return key
}

/** On one of Node's own threads, so that the commands of others go on meanwhile. */
export const verifyOnThread: VerifySignature = (text, key, signature) =>
  new Promise((resolve, reject) => verify(null, text, key, signature, (error, holds) => (error ? reject(error) : resolve(holds))))

/** Whether the device's key signed exactly this command, for this service. `publicKey`: 32 raw bytes, base64url. Source: RFC 8032. */
export async function isSignedBy(
  verifySignature: VerifySignature,
  publicKey: string,
  serviceId: string,
  deviceId: string,
  command: Command,
): Promise<boolean> {
  try {
    const text = Buffer.from(signedText(serviceId, deviceId, command))
    return await verifySignature(text, keyOf(publicKey), Buffer.from(command.signature, 'base64url'))
  } catch {
    return false
  }
}
