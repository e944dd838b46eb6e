import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ending, exitCodes } from './exit.ts'
import { bookPath, fileExists, keyPath, writePrivate } from './folders.ts'
import type { Speech } from './speech.ts'

function readSecretFile(path: string, say: Speech): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new Ending(exitCodes.fault, say('fileUnreadable', { path }))
  }
}

/** A secret of the environment: NAME holds it, or NAME_FILE names a file that does. Never an argument: arguments are seen by everybody. */
export function secretOf(env: NodeJS.ProcessEnv, name: string, say: Speech): string | undefined {
  const path = env[`${name}_FILE`]
  return env[name] || (path ? readSecretFile(path, say) : undefined)
}

function parseKey(text: string, from: string, say: Speech): Buffer {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new Ending(exitCodes.wrongUse, say('keyWrong', { from }))
  return Buffer.from(text, 'hex')
}

export type BookKey = { readonly key: Buffer; readonly madeAt: string | undefined }

/** The key of the book: from the environment, else from the folder, where it is made for a new book. A book without its key never gets a new one. */
export function bookKey(folder: string, env: NodeJS.ProcessEnv, say: Speech): BookKey {
  const given = secretOf(env, 'OKPAY_DATABASE_KEY', say)
  if (given !== undefined) return { key: parseKey(given, 'OKPAY_DATABASE_KEY', say), madeAt: undefined }
  const path = keyPath(folder)
  if (fileExists(path) || fileExists(bookPath(folder))) return { key: parseKey(readSecretFile(path, say), path, say), madeAt: undefined }
  const key = randomBytes(32)
  writePrivate(path, `${key.toString('hex')}\n`)
  return { key, madeAt: path }
}

export const newToken = (): string => randomBytes(32).toString('base64url')
