import { Fault } from '#core/failure/faults.ts'
import { toFault } from '#storage/sqlite/faults.ts'
import type { ServiceConfig } from '../config.ts'
import type { Log } from '../ports.ts'
import { Ending, exitCodes } from './exit.ts'
import { makeFolder, operatorAccess, removeOperatorFile, writeOperatorFile } from './folders.ts'
import { type RunningService, runService } from './run.ts'
import { runningOn } from './running.ts'
import { bookKey } from './secrets.ts'
import { type Speech, sayFault, terminalLocale } from './speech.ts'

/** The sentence for what kept the service from starting. */
function asEnding(error: unknown, config: ServiceConfig, env: NodeJS.ProcessEnv, say: Speech): unknown {
  const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : ''
  if (['listen', 'bind', 'getaddrinfo'].includes(syscall))
    return new Ending(exitCodes.fault, say('addressTaken', { what: `${config.host}:${config.port}` }))
  const fault = toFault(error)
  return fault instanceof Fault ? new Ending(exitCodes.fault, sayFault(terminalLocale(env), fault.code)) : error
}

async function startAlone(folder: string, config: ServiceConfig, log: Log, env: NodeJS.ProcessEnv, say: Speech): Promise<RunningService> {
  try {
    makeFolder(folder)
    const { key, madeAt } = config.databaseUrl === null ? bookKey(folder, env, say) : { key: null, madeAt: undefined }
    const running = await runService(folder, config, log)
    try {
      await running.unseal(key)
    } catch (error) {
      await running.stop()
      throw error
    } finally {
      key?.fill(0)
    }
    if (madeAt !== undefined) process.stdout.write(`${say('keyMade', { path: madeAt })}\n`)
    return running
  } catch (error) {
    if (error instanceof Fault && error.cause instanceof Error)
      log.error({ event: 'start', code: error.code, cause: error.cause.message.slice(0, 500) })
    throw asEnding(error, config, env, say)
  }
}

/** Runs by itself until SIGTERM or Ctrl-C. */
export async function runAlone(folder: string, config: ServiceConfig, log: Log, env: NodeJS.ProcessEnv, say: Speech): Promise<void> {
  // Heard from the first moment on: who reads that it is ready may ask it to end at once.
  const stopAsked = new Promise<void>(resolve => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  const other = await runningOn(folder)
  if (other !== undefined) throw new Ending(exitCodes.fault, say('alreadyRuns', { url: other }))
  const running = await startAlone(folder, config, log, env, say)
  const access = operatorAccess(running.url, config)
  writeOperatorFile(folder, access)
  process.stdout.write(`${say('ready', { url: running.url })}\n${say('data', { path: folder })}\n`)
  await stopAsked
  removeOperatorFile(folder, access)
  await running.stop()
  process.stdout.write(`${say('stopped')}\n`)
}
