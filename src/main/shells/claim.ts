import { homedir } from 'node:os'
import { formatMessage } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'
import { readServiceAddress } from '../sync/address.ts'
import { dataFolder, prepareFolder } from './dataFolder.ts'
import { type InstanceLock, lockFolder } from './instanceLock.ts'
import { type Shown, showRunning } from './instanceSocket.ts'
import { readLaunchOptions, systemLocale } from './launchOptions.ts'

/** The line of a second start: programs read the address from it. */
export const sayRunning = ({ url }: Shown): string => (url === null ? 'OKPAY is already running.' : `OKPAY is already running: ${url}`)

/** Exit codes of a start; those of the terminal command are the same where both have them. */
export const exitCodes = { done: 0, unusableFolder: 3, wrongUse: 64 } as const

/** Whoever has the folder starts to listen, or is a command of the terminal and soon done. */
const lookMs = 500
const mostLooks = 30

export type Claim =
  | {
      readonly kind: 'claimed'
      readonly dataDir: string
      readonly lock: InstanceLock
      readonly link: string | null
      readonly locale: AppLocale
    }
  /** Another start runs on the same folder and has shown itself. */
  | { readonly kind: 'running'; readonly dataDir: string; readonly shown: Shown }
  /** The start cannot go on; `says` is one sentence for the person. */
  | { readonly kind: 'refused'; readonly says: string; readonly exitCode: number }

/**
 * Takes the data folder that a command line names for this process, or asks the wallet that has it to show itself and to open the link, if one
 * was given.
 */
export async function claimFolder(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Claim> {
  const locale = systemLocale(env)
  const options = readLaunchOptions(args)
  if ('unknown' in options) {
    return { kind: 'refused', says: formatMessage(locale, 'menu.wrongUse', { text: options.unknown }), exitCode: exitCodes.wrongUse }
  }
  const serviceUrl = env['OKPAY_SERVICE_URL']
  if (serviceUrl && !readServiceAddress(serviceUrl).ok) {
    return { kind: 'refused', says: formatMessage(locale, 'menu.serviceUrlWrong', { text: serviceUrl }), exitCode: exitCodes.wrongUse }
  }
  const dataDir = dataFolder(options.dataDir, { env, platform: process.platform, home: homedir(), cwd: process.cwd() })
  const refuse = (says: string): Claim => ({ kind: 'refused', says, exitCode: exitCodes.unusableFolder })
  const problem = prepareFolder(dataDir)
  if (problem) return refuse(formatMessage(locale, `menu.${problem}`, { folder: dataDir }))
  for (let look = 0; look < mostLooks; look += 1) {
    const lock = lockFolder(dataDir)
    if (lock === 'unusable') return refuse(formatMessage(locale, 'menu.unusable', { folder: dataDir }))
    if (lock !== 'taken') return { kind: 'claimed', dataDir, lock, link: options.link, locale }
    const shown = await showRunning(dataDir, options.link, lookMs)
    if (shown) return { kind: 'running', dataDir, shown }
  }
  return refuse(formatMessage(locale, 'menu.notAnswering', { folder: dataDir }))
}
