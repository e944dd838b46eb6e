import type { Command } from './commands.ts'
import type { SignedHeads } from './feed.ts'
import type { WrittenRegister } from './personal.ts'

/** JSON with the keys of every object in code-unit order and no white space (RFC 8785 for the strings, integers, arrays and objects that commands hold). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** What a device signs, as UTF-8: the purpose, the service and the device that it is for, and the whole command. */
export const signedText = (serviceId: string, deviceId: string, { id, type, body, madeAt }: Omit<Command, 'signature'>): string =>
  `okpay-command-v1\n${serviceId}\n${deviceId}\n${canonicalJson({ id, type, body, madeAt })}`

/** What a device signs of what its person wrote beside the money, as UTF-8: the purpose, the service and the device that it is for, and the registers. */
export const personalText = (serviceId: string, deviceId: string, registers: readonly WrittenRegister[]): string =>
  `okpay-personal-v1\n${serviceId}\n${deviceId}\n${canonicalJson(registers)}`

/** What the service signs of a holder's accounts, as UTF-8: a JSON array without white space, times in milliseconds since 1970 in UTC. See `docs/ledger-heads.md`. */
export const headsText = ({ keyId, holderId, position, at, accounts }: Omit<SignedHeads, 'signature'>): string =>
  JSON.stringify([
    'okpay.heads.1',
    keyId,
    holderId,
    position,
    Date.parse(at),
    ...accounts.map(({ account, version, chain }) => [account, version, chain]),
  ])

/** What a key of the service signs of the key that follows it. */
export const keyText = (serviceId: string, beforeId: string, publicKey: string, at: string): string =>
  JSON.stringify(['okpay.key.1', serviceId, beforeId, publicKey, Date.parse(at)])

/** What a device signs to exchange the token of its session, as UTF-8: the purpose, the service and the device that it is for, and when. */
export const rotationText = (serviceId: string, deviceId: string, at: string): string =>
  `okpay-session-v1\n${serviceId}\n${deviceId}\n${at}`
