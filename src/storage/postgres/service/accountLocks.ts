import type { FreezeLink, LockRepositories } from '../../lockRepositories.ts'
import { type LockRow, freezeLinkColumns as links, lockOf, lockRow, lockColumns as locks } from '../../rows/accountLocks.ts'
import type { Transaction } from '../connection.ts'

const select = `SELECT ${locks.shown} FROM account_lock`

export const postgresLocks = (tx: Transaction): LockRepositories => ({
  accountLocks: {
    save: async lock => {
      await tx.run(
        `INSERT INTO account_lock (${locks.names}) VALUES (${locks.places}) ON CONFLICT (id) DO UPDATE SET ${locks.renewed}`,
        ...locks.values(lockRow(lock)),
      )
    },
    standing: async holderId =>
      (await tx.all<LockRow>(`${select} WHERE holder_id = $1 AND lifted_at IS NULL ORDER BY set_by${tx.forUpdate}`, holderId)).map(lockOf),
    ofHolder: async (holderId, limit) =>
      (await tx.all<LockRow>(`${select} WHERE holder_id = $1 ORDER BY since DESC, id DESC LIMIT $2`, holderId, limit)).map(lockOf),
    opened: async (now, limit) =>
      (await tx.all<LockRow>(`${select} WHERE opens_at <= $1 AND lifted_at IS NULL ORDER BY opens_at, id LIMIT $2`, now, limit)).map(
        lockOf,
      ),
  },
  freezeLinks: {
    add: async link => {
      await tx.run(`INSERT INTO freeze_link (${links.names}) VALUES (${links.places})`, ...links.values(link))
    },
    find: tokenHash => tx.get<FreezeLink>(`SELECT ${links.shown} FROM freeze_link WHERE token_hash = $1${tx.forUpdate}`, tokenHash),
    use: async (tokenHash, at) => {
      await tx.run('UPDATE freeze_link SET used_at = $1 WHERE token_hash = $2', at, tokenHash)
    },
    forget: async before => {
      await tx.run('DELETE FROM freeze_link WHERE expires_at < $1', before)
    },
  },
})
