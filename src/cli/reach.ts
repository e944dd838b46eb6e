import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AppState } from '#contracts/bridge/app.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { isBookFault } from '#core/failure/faults.ts'
import { sayFailure } from '#locales/failures.ts'
import { formatMessage } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'
import type { Wallet } from '#main/ports.ts'
import { dataFolder, prepareFolder } from '#main/shells/dataFolder.ts'
import { type InstanceLock, lockFolder } from '#main/shells/instanceLock.ts'
import { connectInstance, type InstanceClient } from '#main/shells/instanceSocket.ts'
import { systemParts } from '#main/shells/systemParts.ts'
import { readServiceAddress } from '#main/sync/address.ts'
import { forkedService } from '#main/sync/forkedService.ts'
import { createWallet } from '#main/wallet.ts'
import { appPassword, type PasswordSource } from './appPassword.ts'
import { Refusal, Unusable, WrongUse } from './failure.ts'

export type ReachOptions = PasswordSource & {
  readonly dataDir: string | undefined
  /** The command asks a locked wallet: none is unlocked for it. */
  readonly staysLocked: boolean
}

/** A wallet that a command can ask, however it was reached. */
export type ReachedWallet = {
  call(method: string, input: unknown): Promise<Envelope<unknown>>
  close(): Promise<void>
}

const patienceMs = 15_000
const betweenLooksMs = 50
/** A service that has not come up by then is told as out of reach. */
const serviceMs = 10_000
/** What happened since the last time is one page, or is still on its way when the command answers. */
const newsMs = 3_000

async function stateOf(wallet: Wallet): Promise<AppState> {
  const asked = await wallet.dispatch('app.state', {}, { shell: 'terminal' })
  if (!asked.ok) throw new Refusal(asked)
  // The dispatch has parsed its answer by the contract.
  return asked.value as AppState
}

async function unlock(wallet: Wallet, options: ReachOptions): Promise<void> {
  const state = await stateOf(wallet)
  if (state.phase !== 'locked') return
  const password = state.hasPassword ? await appPassword(options) : null
  const opened = await wallet.dispatch('app.unlock', { password }, { shell: 'terminal' })
  if (!opened.ok) throw new Refusal(opened)
}

const coming: ReadonlySet<AppState['service']['status']> = new Set(['starting', 'sealed', 'restarting'])

/**
 * Waits until the service that was just started is there and has told what is new; where it is not, says so on stderr: what the command then
 * prints is what was last known.
 */
async function meetService(wallet: Wallet, hasNews: Promise<unknown>, locale: AppLocale): Promise<void> {
  const giveUpAt = performance.now() + serviceMs
  let state = await stateOf(wallet)
  if (state.phase !== 'unlocked') return
  while (coming.has(state.service.status) && performance.now() < giveUpAt) {
    await wait(betweenLooksMs)
    state = await stateOf(wallet)
  }
  const { status } = state.service
  if (status === 'online') {
    if (state.signedIn) await Promise.race([hasNews, wait(newsMs, undefined, { ref: false })])
    return
  }
  if (isBookFault(status)) {
    process.stderr.write(`${formatMessage(locale, `app.refused_${status}`)}\n`)
    return
  }
  const code = status === 'clock_wrong' ? 'clock_wrong' : status === 'garbage' ? 'service_garbage' : 'service_offline'
  const { whole } = sayFailure(locale, { kind: 'fault', code, detail: {} }, new Date())
  process.stderr.write(`${whole}\n`)
}

type Held = { readonly dataDir: string; readonly lock: InstanceLock }

/** Opens the wallet of a folder on which none runs; it is closed with the command, and its embedded service with it. */
async function openHere({ dataDir, lock }: Held, options: ReachOptions): Promise<ReachedWallet> {
  const { env } = process
  const { locale } = options
  const spawn = forkedService({ entry: join(import.meta.dirname, 'service.js'), dataDir, env })
  // What becomes of the service is told in a sentence once the wallet is open (`meetService`).
  const parts = await systemParts({ shell: 'terminal', dataDir, env, locale, spawn, report: () => undefined })
  const { network } = parts
  let news: () => void = () => undefined
  const hasNews = new Promise<void>(done => {
    news = done
  })
  const socket: typeof network.socket = (url, headers) => {
    // The feed opens its socket once it has applied the first page of news.
    news()
    return network.socket(url, headers)
  }
  const wallet = await createWallet({ ...parts, network: { ...network, socket } })
  const close = async () => {
    await wallet.close()
    lock.release()
  }
  try {
    if (!options.staysLocked) await unlock(wallet, options)
    await meetService(wallet, hasNews, locale)
  } catch (cause) {
    await close()
    throw cause
  }
  return { call: (method, input) => wallet.dispatch(method, input, { shell: 'terminal' }), close }
}

/**
 * Finds the wallet: the one that runs on the folder through its owner's socket (it must be unlocked there), else the folder's own, opened here by the
 * keychain, the password file or a prompt. Throws `Refusal`, `WrongUse`, or `Unusable` where the folder cannot be used.
 */
export async function reach(options: ReachOptions): Promise<ReachedWallet> {
  checkServiceAddress(options.locale)
  const found = await runningOrHeld(options)
  return 'lock' in found ? openHere(found, options) : { call: found.call, close: async () => found.close() }
}

function checkServiceAddress(locale: AppLocale): void {
  const given = process.env['OKPAY_SERVICE_URL']
  if (given && !readServiceAddress(given).ok) throw new WrongUse(formatMessage(locale, 'menu.serviceUrlWrong', { text: given }))
}

/** Another command on the same folder is soon done, and a wallet that starts soon listens: both are worth a little patience. */
async function runningOrHeld({ dataDir: chosen, locale }: ReachOptions): Promise<InstanceClient | Held> {
  const { env, platform } = process
  const dataDir = dataFolder(chosen, { env, platform, home: homedir(), cwd: process.cwd() })
  const giveUpAt = performance.now() + patienceMs
  while (performance.now() < giveUpAt) {
    const running = await connectInstance(dataDir)
    if (running) return running
    const problem = prepareFolder(dataDir)
    if (problem) throw new Unusable(formatMessage(locale, `menu.${problem}`, { folder: dataDir }))
    const lock = lockFolder(dataDir)
    if (lock === 'unusable') throw new Unusable(formatMessage(locale, 'menu.unusable', { folder: dataDir }))
    if (lock !== 'taken') return { dataDir, lock }
    await wait(betweenLooksMs)
  }
  throw new Unusable(formatMessage(locale, 'menu.notAnswering', { folder: dataDir }))
}
