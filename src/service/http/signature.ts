import { createPublicKey, type KeyObject, verify } from 'node:crypto'
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

/**
 * Whether the device's key signed exactly this text (UTF-8). `publicKey`: 32 raw bytes, `signature`: 64, both base64url. What is too deep to be made a text of was
 * signed by nobody. Source: RFC 8032.
 */
export async function isTextSigned(
  verifySignature: VerifySignature,
  publicKey: string,
  text: () => string,
  signature: string,
): Promise<boolean> {
  try {
    return await verifySignature(Buffer.from(text()), keyOf(publicKey), Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}
