/** The alphabet of codes that people read aloud and type: Crockford base 32, without I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const orderCodeLength = 8
export const serviceIdLength = 12

export type PayLink = { readonly orderCode: string; readonly serviceId: string | undefined }

/** Upper-cases, drops spaces and hyphens, reads O as 0 and I and L as 1; undefined where it is not `length` characters of the alphabet. */
export function readCode(text: string, length: number): string | undefined {
  if (text.length > length * 3) return undefined
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return code.length === length && [...code].every(character => alphabet.includes(character)) ? code : undefined
}

/** `okpay://pay/K7F39QTX?service=8XJ2...`: the one deep link there is so far. */
export const payLink = (orderCode: string, serviceId: string): string => `okpay://pay/${orderCode}?service=${serviceId}`

const linkPattern = /^okpay:\/\/pay\/([0-9A-Za-z-]{8,9})\?service=([0-9A-Za-z]{12})$/

/**
 * Reads an untrusted deep link or a typed code. Strict: one scheme, one path, one parameter, at most 200 characters; anything else is undefined.
 * A bare code names no service.
 */
export function readPayText(text: string): PayLink | undefined {
  const trimmed = text.trim()
  if (trimmed.length > 200) return undefined
  const link = linkPattern.exec(trimmed)
  if (link) {
    const orderCode = readCode(link[1] ?? '', orderCodeLength)
    const serviceId = readCode(link[2] ?? '', serviceIdLength)
    return orderCode && serviceId ? { orderCode, serviceId } : undefined
  }
  const orderCode = readCode(trimmed, orderCodeLength)
  return orderCode ? { orderCode, serviceId: undefined } : undefined
}

/** Codes from random bytes, five bits each; give at least `length` bytes. */
export const codeFromBytes = (bytes: Uint8Array, length: number): string =>
  Array.from(bytes.slice(0, length), byte => alphabet[byte & 31]).join('')
