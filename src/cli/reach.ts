import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AppState } from '#contracts/bridge/app.ts'
import type { Envelope } from '#contracts/wire/envelope.ts'
import { formatMessage } from '#locales/format.ts'
import type { AppLocale } from '#locales/index.ts'
import type { Wallet } from '#main/ports.ts'
import { type Claim, claimFolder } from '#main/shells/claim.ts'
import { dataFolder } from '#main/shells/dataFolder.ts'
import { connectInstance } from '#main/shells/instanceSocket.ts'
import { systemParts } from '#main/shells/systemParts.ts'
import { forkedService } from '#main/sync/forkedService.ts'
import { createWallet } from '#main/wallet.ts'
import { Refusal, Unusable, WrongUse } from './failure.ts'
import { askSecret } from './prompt.ts'

export type ReachOptions = { readonly locale: AppLocale; readonly dataDir: string | undefined; readonly passwordFile: string | undefined }

/** A wallet that a command can ask, however it was reached. */
export type ReachedWallet = {
  call(method: string, input: unknown): Promise<Envelope<unknown>>
  close(): Promise<void>
}

type Claimed = Extract<Claim, { kind: 'claimed' }>

/** The app password: from the file, without the end of its line, else typed. */
async function passwordOf({ locale, passwordFile }: ReachOptions): Promise<string> {
  if (passwordFile === undefined) return (await askSecret(formatMessage(locale, 'cli.password'))) ?? ''
  try {
    return readFileSync(passwordFile, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new WrongUse(formatMessage(locale, 'cli.wrong.passwordFile', { path: passwordFile }))
  }
}

async function unlock(wallet: Wallet, options: ReachOptions): Promise<void> {
  const asked = await wallet.dispatch('app.state', {}, { shell: 'terminal' })
  if (!asked.ok) throw new Refusal(asked)
  // The dispatch has parsed its answer by the contract.
  const state = asked.value as AppState
  if (state.phase !== 'locked') return
  const password = state.hasPassword ? await passwordOf(options) : null
  const opened = await wallet.dispatch('app.unlock', { password }, { shell: 'terminal' })
  if (!opened.ok) throw new Refusal(opened)
}

/** Opens the wallet of a folder on which none runs; it is closed with the command, and its embedded service with it. */
async function openHere({ dataDir, lock, locale }: Claimed, options: ReachOptions): Promise<ReachedWallet> {
  const env = process.env
  const spawn = forkedService({ entry: join(import.meta.dirname, 'service.js'), dataDir, env })
  const parts = await systemParts({ shell: 'terminal', dataDir, env, locale, spawn, report: line => process.stderr.write(`${line}\n`) })
  const wallet = await createWallet(parts)
  const close = async () => {
    await wallet.close()
    lock.release()
  }
  try {
    await unlock(wallet, options)
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
  const { env, platform } = process
  const running = await connectInstance(dataFolder(options.dataDir, { env, platform, home: homedir(), cwd: process.cwd() }))
  if (running) return { call: running.call, close: async () => running.close() }
  const claim = await claimFolder(options.dataDir === undefined ? [] : ['--data-dir', options.dataDir], env)
  if (claim.kind === 'claimed') return openHere(claim, options)
  throw new Unusable(claim.kind === 'refused' ? claim.says : formatMessage(options.locale, 'menu.notAnswering', { folder: claim.dataDir }))
}
