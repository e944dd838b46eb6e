import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { WalletStore } from '#core/wallet/store.ts'
import { createTurns } from './sync/turns.ts'

const kept = 3
const pattern = /^wallet-\d{8}\.db$/

export type Backup = { readonly path: string; readonly at: number }

export type Backups = {
  /** A copy for today, where there is none yet; the newest three stay. */
  backUpToday(store: Pick<WalletStore, 'backUp'>, now: number): Promise<void>
  /** Today's copy in the place of an earlier one of today: a person who just signed in is not to lose that again. */
  backUpAnew(store: Pick<WalletStore, 'backUp'>, now: number): Promise<void>
  /** After the database got another key: a copy under the new one, and none under the old, which nothing would open. */
  renew(store: Pick<WalletStore, 'backUp'>, now: number): Promise<void>
  newest(): Promise<Backup | undefined>
  /** Moves the newest to `path`. False where there is none. */
  putBack(path: string): Promise<boolean>
  /** A signed-out account is in no copy either. */
  forget(): Promise<void>
}

const nameOf = (now: number): string => `wallet-${new Date(now).toISOString().slice(0, 10).replaceAll('-', '')}.db`

/**
 * Encrypted copies of the wallet's database in `dir`, one a day (UTC), named wallet-YYYYMMDD.db. One change at a time: a copy that is being made
 * when the account is forgotten is forgotten too.
 */
export function createBackups(dir: string): Backups {
  const inTurn = createTurns()

  async function names(): Promise<readonly string[]> {
    const all = await readdir(dir).catch(() => [])
    return all
      .filter(name => pattern.test(name))
      .sort()
      .reverse()
  }

  async function newest(): Promise<Backup | undefined> {
    const name = (await names())[0]
    if (name === undefined) return undefined
    const path = join(dir, name)
    return { path, at: (await stat(path)).mtimeMs }
  }

  async function copy(store: Pick<WalletStore, 'backUp'>, now: number): Promise<void> {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await store.backUp(join(dir, nameOf(now)))
    for (const old of (await names()).slice(kept)) await rm(join(dir, old), { force: true })
  }

  return {
    newest,
    backUpToday: (store, now) =>
      inTurn(async () => {
        if (!(await names()).includes(nameOf(now))) await copy(store, now)
      }),
    backUpAnew: (store, now) => inTurn(() => copy(store, now)),
    renew: (store, now) =>
      inTurn(async () => {
        await copy(store, now)
        for (const name of await names()) if (name !== nameOf(now)) await rm(join(dir, name), { force: true })
      }),
    putBack: path =>
      inTurn(async () => {
        const backup = await newest()
        if (!backup) return false
        await rename(backup.path, path)
        return true
      }),
    forget: () =>
      inTurn(async () => {
        const all = await readdir(dir).catch(() => [])
        for (const name of all.filter(name => name.startsWith('wallet-'))) await rm(join(dir, name), { force: true })
      }),
  }
}
