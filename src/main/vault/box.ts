import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM (NIST SP 800-38D): nonce, text, tag. `purpose` is bound to it, so that a box opens only as what it was closed for.
 * Keys are used for very few boxes, so a random nonce of 96 bits does not repeat.
 */
export function closeBox(key: Uint8Array, secret: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(purpose, 'utf8'))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** Undefined where the key is another, the purpose differs, or a bit changed. */
export function openBox(key: Uint8Array, box: Uint8Array, purpose: string): Buffer | undefined {
  if (box.length < nonceBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(purpose, 'utf8'))
  decipher.setAuthTag(box.subarray(box.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceBytes, box.length - tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}
