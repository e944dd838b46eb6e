import { arch, platform, release } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { AppState } from '#contracts/bridge/app.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Feature } from '../bridge/implement.ts'
import { readLog } from '../bridge/log.ts'
import type { Clock } from '../ports.ts'
import { exists, freePath, writeNew } from './downloads.ts'

type DiagnosticsParts = {
  readonly state: () => Promise<AppState>
  readonly clock: Clock
  readonly logPath: string
  readonly downloadsDir: string
}

const mostLines = 300

/** Field by field: what is added to the state of the app does not get in by itself. The service's address is the person's own affair. */
function stateFields({
  phase,
  shell,
  version,
  locale,
  theme,
  keychain,
  hasPassword,
  service,
  signedIn,
  recoveryKit,
  lockOnHide,
}: AppState) {
  const { mode, isSandbox, status, restartedAt } = service
  return {
    phase,
    shell,
    version,
    locale,
    theme,
    keychain,
    hasPassword,
    service: { mode, isSandbox, status, restartedAt },
    signedIn,
    recoveryKit,
    lockOnHide,
  }
}

/** A bundle for whoever looks for a fault, shown to the person before it leaves. */
export function diagnosticsFeature({ state, clock, logPath, downloadsDir }: DiagnosticsParts): Feature<'diagnostics'> {
  let shown: string | undefined

  async function bundle(): Promise<string> {
    const { node, electron = null } = process.versions
    const system = { platform: platform(), release: release(), arch: arch(), node, electron }
    const madeAt = new Date(clock.now()).toISOString()
    const whole = { madeAt, system, wallet: stateFields(await state()), log: await readLog(logPath, mostLines) }
    return `${JSON.stringify(whole, null, 2)}\n`
  }

  return {
    async preview() {
      shown = await bundle()
      return ok({ text: shown })
    },
    async save({ path }, caller) {
      if (shown === undefined) return no('not_found')
      // Only the owner's own terminal says where a file goes; a page never does.
      if (path !== null && caller.shell !== 'terminal') return no('not_allowed')
      if (path !== null && (!isAbsolute(path) || (await exists(path)))) return no('input_invalid', { members: 'path' })
      const day = new Date(clock.now()).toISOString().slice(0, 10)
      const to = path ?? (await freePath(downloadsDir, `okpay-diagnostics-${day}`, 'json'))
      await writeNew(to, shown)
      return ok({ path: to })
    },
  }
}

/** Where the wallet's log lies. */
export const logPathIn = (dataDir: string): string => join(dataDir, 'logs', 'wallet.log')
