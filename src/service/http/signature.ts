import { createPublicKey, verify } from 'node:crypto'
import type { Command } from '#contracts/service/commands.ts'
import { signedText } from '#contracts/service/signing.ts'

/** Whether the device's key signed exactly this command, for this service. `publicKey`: 32 raw bytes, base64url. Source: RFC 8032. */
export function isSignedBy(publicKey: string, serviceId: string, deviceId: string, command: Command): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, Buffer.from(signedText(serviceId, deviceId, command)), key, Buffer.from(command.signature, 'base64url'))
  } catch {
    return false
  }
}
