import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { AsyncEntry } from '@napi-rs/keyring'
import { Fault } from '#core/failure/faults.ts'
import type { Keychain } from '../ports.ts'

const service = 'OKPAY wallet'
/** A keychain that asks the person to unlock it may take a while; one that hangs must not hang the wallet. */
const answerMs = 60_000
const probeMs = 5_000

/** Pinned to the Secret Service: the kernel's key store, which the library would fall back to, is lost at the next start. */
const entry = (name: string): AsyncEntry => new AsyncEntry(service, name, { linux: { store: 'secret-service' } })

const platformKind = { linux: 'secret_service', darwin: 'macos_keychain', win32: 'windows_credentials' } as const

async function asked<T>(work: (signal: AbortSignal) => Promise<T>, ms: number): Promise<T> {
  try {
    return await work(AbortSignal.timeout(ms))
  } catch (error) {
    throw new Fault('keychain_unavailable', { cause: error })
  }
}

const unavailable: Keychain = {
  kind: 'none',
  load: () => Promise.reject(new Fault('keychain_unavailable')),
  save: () => Promise.reject(new Fault('keychain_unavailable')),
  forget: () => Promise.reject(new Fault('keychain_unavailable')),
}

/**
 * A keychain that did not answer when it was tried: nothing new is given to it. What an earlier start gave to it is still asked for, since the person may
 * unlock it at any time; that it knows nothing is not believed.
 */
const silent = (keychain: Keychain): Keychain => ({
  ...unavailable,
  async load(name) {
    const secret = await keychain.load(name)
    if (secret === undefined) throw new Fault('keychain_unavailable')
    return secret
  },
})

const osKeychain = (kind: Keychain['kind']): Keychain => ({
  kind,
  async load(name) {
    const secret = await asked(signal => entry(name).getSecret(signal), answerMs)
    return secret === null ? undefined : Uint8Array.from(secret)
  },
  save: (name, secret) => asked(signal => entry(name).setSecret(secret, signal), answerMs),
  async forget(name) {
    await asked(signal => entry(name).deleteCredential(signal), answerMs)
  },
})

/** A missing keyring reads as "nothing there": only a secret that comes back proves that there is one. */
async function works(keychain: Keychain): Promise<boolean> {
  const name = `probe-${randomBytes(8).toString('hex')}`
  const secret = randomBytes(16)
  const late = new Promise<false>(done => setTimeout(done, probeMs, false).unref())
  const probe = async (): Promise<boolean> => {
    await keychain.save(name, secret)
    const found = await keychain.load(name)
    await keychain.forget(name)
    return found !== undefined && Buffer.compare(found, secret) === 0
  }
  try {
    return await Promise.race([probe(), late])
  } catch {
    return false
  }
}

/** How GNOME's keyring begins a file that has no password: then everything in it is plain text. */
const plainHead = '[keyring]'

/**
 * Whether new secrets of the Secret Service would go into a keyring without a password. GNOME's is read from its own files; another daemon keeps
 * none there, and is taken at its word.
 */
async function isPlainText(environment: Environment): Promise<boolean> {
  const folder = join(environment.XDG_DATA_HOME || join(environment.HOME ?? homedir(), '.local', 'share'), 'keyrings')
  const named = await readFile(join(folder, 'default'), 'utf8').catch(() => 'login')
  // The name is what the daemon wrote; a path it is not.
  const name = basename(named.trim())
  const head = await readFile(join(folder, `${name}.keyring`)).catch(() => Buffer.alloc(0))
  return head.subarray(0, plainHead.length).toString('latin1') === plainHead
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The keychain of this system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows; kind `none` where it does not answer
 * (no session bus, no keyring, OKPAY_KEYCHAIN=off) and `plain_text` where it keeps secrets unencrypted. With both an app password is required.
 */
export async function openKeychain(environment: Environment): Promise<Keychain> {
  if (environment.OKPAY_KEYCHAIN === 'off') return unavailable
  const platform = process.platform
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return unavailable
  if (platform === 'linux' && !environment.DBUS_SESSION_BUS_ADDRESS && !environment.XDG_RUNTIME_DIR) return unavailable
  const keychain = osKeychain(platformKind[platform])
  if (!(await works(keychain))) return silent(keychain)
  return platform === 'linux' && (await isPlainText(environment)) ? { ...keychain, kind: 'plain_text' } : keychain
}
