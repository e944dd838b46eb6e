import { access, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { no, ok } from '#core/failure/outcome.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import { freePath } from './downloads.ts'

type BackupsFeatureParts = { readonly store: Pick<WalletStore, 'backUp'>; readonly clock: Clock; readonly downloadsDir: string }

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Copies of the wallet that the person keeps, beside those of the last days that OKPAY keeps by itself. */
export const backupsFeature = ({ store, clock, downloadsDir }: BackupsFeatureParts): Feature<'backups'> => ({
  async make({ path }, caller) {
    // Only the owner's own terminal says where a file goes; a page never does.
    if (path !== null && caller.shell !== 'terminal') return no('not_allowed')
    if (path !== null && (!isAbsolute(path) || (await isThere(path)))) return no('input_invalid', { members: 'path' })
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    const to = path ?? (await freePath(downloadsDir, `okpay-backup-${day}`, 'db'))
    await store.backUp(to)
    return ok({ path: to, bytes: (await stat(to)).size })
  },
})
