import { randomBytes } from 'node:crypto'
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

/**
 * The keychain of this system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows; kind `none` where it does not answer
 * (no session bus, no keyring, OKPAY_KEYCHAIN=off), and then an app password is required.
 */
export async function openKeychain(environment: Readonly<Record<string, string | undefined>>): Promise<Keychain> {
  if (environment.OKPAY_KEYCHAIN === 'off') return unavailable
  const platform = process.platform
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return unavailable
  if (platform === 'linux' && !environment.DBUS_SESSION_BUS_ADDRESS && !environment.XDG_RUNTIME_DIR) return unavailable
  const keychain = osKeychain(platformKind[platform])
  return (await works(keychain)) ? keychain : unavailable
}
