import { z } from 'zod'
import { Fault } from '#core/failure/faults.ts'
import { toFault } from '#storage/sqlite/faults.ts'
import type { ServiceConfig } from '../config.ts'
import type { Log } from '../ports.ts'
import { makeFolder, operatorAccess, removeOperatorFile, writeOperatorFile } from './folders.ts'
import { type RunningService, runService } from './run.ts'

/** The wallet that this process is a child of. */
export type ParentChannel = { send(message: unknown): void; listen(onMessage: (message: unknown) => void, onClosed: () => void): void }

const fromParent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('unseal'), key: z.base64() }),
  z.object({ type: z.literal('stop') }),
])

type ElectronPort = { postMessage(message: unknown): void; on(event: 'message', listener: (event: { data: unknown }) => void): void }

const isElectronPort = (value: unknown): value is ElectronPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value

/** The channel of a forked Node process, or of Electron's utility process; undefined where nobody started it as a child. */
export function parentChannel(): ParentChannel | undefined {
  const port = 'parentPort' in process ? process.parentPort : undefined
  if (isElectronPort(port))
    return { send: message => port.postMessage(message), listen: onMessage => port.on('message', ({ data }) => onMessage(data)) }
  const send = process.send?.bind(process)
  if (!send) return undefined
  return {
    // A wallet that is gone takes no news; `disconnect` ends this process then.
    send: message => {
      if (process.connected) send(message, undefined, undefined, () => undefined)
    },
    listen: (onMessage, onClosed) => {
      process.on('message', onMessage)
      process.on('disconnect', onClosed)
    },
  }
}

function codeOf(error: unknown): string {
  const fault = toFault(error)
  return fault instanceof Fault ? fault.code : 'unexpected'
}

/** A book that is found damaged while it is used is told to the wallet too, so that the person hears of it. */
const tellingOfDamage = (log: Log, channel: ParentChannel): Log => ({
  info: log.info,
  error: line => {
    log.error(line)
    if (line.code === 'database_damaged' && line.event !== 'start') channel.send({ type: 'failed', code: line.code })
  },
})

/** Runs as a child of the wallet: sealed until it gives the key, gone when its channel closes. Resolves when it has stopped. */
export async function runEmbedded(channel: ParentChannel, folder: string, config: ServiceConfig, log: Log): Promise<void> {
  let running: RunningService | undefined
  let whenStopped: () => void = () => undefined
  const stopped = new Promise<void>(resolve => {
    whenStopped = resolve
  })
  const stop = async (): Promise<void> => {
    if (running) removeOperatorFile(folder, { url: running.url, token: config.operatorToken })
    await running?.stop()
    whenStopped()
  }
  const stopNow = () => {
    stop().catch(() => whenStopped())
  }
  const fail = (error: unknown) => {
    log.error({ event: 'start', code: codeOf(error), cause: error instanceof Error ? error.message : 'unknown' })
    channel.send({ type: 'failed', code: codeOf(error) })
  }
  const unseal = async (key: Buffer): Promise<void> => {
    try {
      const serviceId = await running?.unseal(key)
      if (serviceId === undefined) return
      channel.send({ type: 'ready', serviceId })
    } catch (error) {
      fail(error)
    } finally {
      key.fill(0)
    }
  }
  channel.listen(message => {
    const { data } = fromParent.safeParse(message)
    if (data?.type === 'stop') stopNow()
    if (data?.type === 'unseal') unseal(Buffer.from(data.key, 'base64')).catch(fail)
  }, stopNow)
  process.on('SIGTERM', stopNow)
  // Ctrl-C goes to the whole group: the wallet says when to stop.
  process.on('SIGINT', () => undefined)
  try {
    makeFolder(folder)
    running = await runService(folder, config, tellingOfDamage(log, channel))
    writeOperatorFile(folder, operatorAccess(running.url, config))
    channel.send({ type: 'listening', url: running.url })
  } catch (error) {
    fail(error)
    whenStopped()
  }
  await stopped
}
