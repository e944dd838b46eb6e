import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { isListed } from '#core/account/breached.ts'
import { checkPassword, type PersonalData } from '#core/account/password.ts'
import { leastScore, measurePassword } from '#core/account/passwordStrength.ts'
import { no, type Outcome } from '#core/failure/outcome.ts'
import type { ServicePorts } from '../../ports.ts'
import { commonPasswords } from './lists.ts'

/** Looks a password up in the operator's list of stolen ones; a list that cannot be read is told in the log and keeps nobody out. */
async function isBreached({ config, log }: Pick<ServicePorts, 'config' | 'log'>, password: string): Promise<boolean> {
  if (config.breachedPath === null) return false
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  try {
    const file = await open(config.breachedPath, 'r')
    try {
      const { size } = await file.stat()
      const read = async (from: number, bytes: number): Promise<string> => {
        const piece = await file.read(Buffer.alloc(bytes), 0, bytes, from)
        return piece.buffer.toString('latin1', 0, piece.bytesRead)
      }
      return await isListed(read, size, hash)
    } finally {
      await file.close()
    }
  } catch (error) {
    log.error({ event: 'breached_list', cause: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' })
    return false
  }
}

/** A new account password in the form that is hashed. Declines: those of `checkPassword`, password_weak, password_breached. */
export async function acceptedPassword(
  ports: Pick<ServicePorts, 'config' | 'log'>,
  password: string,
  person: PersonalData,
): Promise<Outcome<string>> {
  const common = await commonPasswords()
  const checked = checkPassword(password, person, word => common.has(word))
  if (!checked.ok) return checked
  if ((await measurePassword(checked.value)).score < leastScore) return no('password_weak')
  return (await isBreached(ports, checked.value)) ? no('password_breached') : checked
}
