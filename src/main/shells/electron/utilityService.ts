import { createWriteStream } from 'node:fs'
import { utilityProcess } from 'electron'
import type { ServiceProcess, SpawnService } from '../../sync/embeddedService.ts'
import { type ServiceLaunch, serviceArguments, serviceEnvironment, serviceLogPath } from '../../sync/forkedService.ts'

/** Starts the service as a utility process of Electron (the fuse RunAsNode is off, so that fork has no Node). It ends with the app. */
export const utilityService =
  ({ entry, dataDir, env }: ServiceLaunch): SpawnService =>
  (): ServiceProcess => {
    const child = utilityProcess.fork(entry, serviceArguments(dataDir), {
      env: serviceEnvironment(env),
      execArgv: [],
      serviceName: 'OKPAY service',
      stdio: 'pipe',
    })
    const log = createWriteStream(serviceLogPath(dataDir), { flags: 'a', mode: 0o600 })
    // A disk that is full must not end the wallet for the sake of a log.
    log.on('error', () => undefined)
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    let isGone = false
    child.once('exit', () => {
      isGone = true
      log.end()
    })
    return {
      send: message => child.postMessage(message),
      onMessage: listener => child.on('message', listener),
      onExit: listener => {
        if (isGone) listener()
        else child.once('exit', listener)
      },
      kill: () => {
        // `kill()` of a utility process asks by SIGTERM; this is for one that did not listen.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      },
    }
  }
