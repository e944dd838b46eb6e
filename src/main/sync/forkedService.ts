import { fork } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceProcess, SpawnService } from './embeddedService.ts'

export type ServiceLaunch = {
  /** The service's entry file. */
  readonly entry: string
  /** The wallet's folder; the service keeps its own in it. */
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
}

/** What concerns the wallet alone, or would give the embedded service a key that the wallet gives it over the channel. */
const kept = ['OKPAY_DATA_DIR', 'OKPAY_SERVICE_URL', 'OKPAY_DATABASE_KEY', 'OKPAY_DATABASE_KEY_FILE', 'OKPAY_NO_OPEN']

/** Arguments of an embedded service: its own folder, a port of 127.0.0.1 that the system chooses. */
export const serviceArguments = (dataDir: string): string[] => ['serve', '--data', join(dataDir, 'service'), '--listen', '127.0.0.1:0']

/** The environment of an embedded service: it is always a sandbox. */
export function serviceEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const passed: Record<string, string> = { OKPAY_SANDBOX: '1' }
  for (const [name, value] of Object.entries(env)) if (value !== undefined && !kept.includes(name)) passed[name] = value
  passed['OKPAY_SANDBOX'] = '1'
  return passed
}

const largestLogBytes = 5_000_000

/** Where the service's own log goes: `<data>/service.log`, one older one kept beside it. */
export function serviceLogPath(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'service.log')
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > largestLogBytes) renameSync(path, `${path}.1`)
  return path
}

/** Starts the service as a Node process. It ends when this process ends, however that ends: its channel closes. */
export const forkedService =
  ({ entry, dataDir, env }: ServiceLaunch): SpawnService =>
  (): ServiceProcess => {
    const path = serviceLogPath(dataDir)
    const log = openSync(path, 'a', 0o600)
    chmodSync(path, 0o600)
    const child = fork(entry, serviceArguments(dataDir), {
      env: serviceEnvironment(env),
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    const exited: (() => void)[] = []
    let isGone = false
    const leave = () => {
      if (isGone) return
      isGone = true
      for (const listener of exited) listener()
    }
    child.on('exit', leave)
    child.on('error', () => {
      // Where it could not even be started there is no exit; a send into a closing channel is no news.
      if (child.pid === undefined) leave()
    })
    return {
      send: message => {
        if (child.connected) child.send(message, () => undefined)
      },
      onMessage: listener => child.on('message', listener),
      onExit: listener => {
        if (isGone) listener()
        else exited.push(listener)
      },
      kill: () => child.kill('SIGKILL'),
    }
  }
