import { homedir } from 'node:os'
import { openWalletStore } from '#storage/sqlite/walletStore.ts'
import { idsBy, systemClock } from '../clock.ts'
import type { WalletParts } from '../ports.ts'
import { createEmbeddedService, type SpawnService } from '../sync/embeddedService.ts'
import { systemNetwork } from '../sync/network.ts'
import { openKeychain } from '../vault/keychain.ts'
import { readVersion } from '../version.ts'
import { downloadsFolder, revealFile } from './desktop.ts'

export type SystemPartsOptions = {
  readonly shell: WalletParts['shell']
  readonly dataDir: string
  readonly env: NodeJS.ProcessEnv
  /** A BCP 47 tag. */
  readonly locale: string
  readonly spawn: SpawnService
  /** Told in words what happened to the embedded service. */
  readonly report: (line: string) => void
}

/** A wallet's parts as this system has them: its keychain, clock, network, files and processes. Electron gives its own way to the desktop instead. */
export async function systemParts({ shell, dataDir, env, locale, spawn, report }: SystemPartsOptions): Promise<WalletParts> {
  const serviceUrl = env['OKPAY_SERVICE_URL']
  return {
    dataDir,
    shell,
    version: readVersion(),
    keychain: await openKeychain(env),
    embeddedService: createEmbeddedService({ spawn, now: systemClock.now, report }),
    clock: systemClock,
    ids: idsBy(systemClock),
    network: systemNetwork,
    openStore: openWalletStore,
    downloadsDir: downloadsFolder(env, process.platform, homedir()),
    defaultLocale: locale,
    defaultTheme: 'system',
    revealFile,
    ...(serviceUrl ? { serviceUrl } : {}),
  }
}
