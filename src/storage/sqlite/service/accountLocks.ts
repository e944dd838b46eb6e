import type { FreezeLink, LockRepositories } from '../../lockRepositories.ts'
import { type LockRow, freezeLinkColumns as links, lockOf, lockRow, lockColumns as locks } from '../../rows/accountLocks.ts'
import type { Database } from '../database.ts'

const select = `SELECT ${locks.shown} FROM account_lock`

export const sqliteLocks = (db: Database): LockRepositories => ({
  accountLocks: {
    save: async lock => {
      db.prepare(`INSERT INTO account_lock (${locks.names}) VALUES (${locks.marks}) ON CONFLICT (id) DO UPDATE SET ${locks.renewed}`).run(
        ...locks.values(lockRow(lock)),
      )
    },
    standing: async holderId =>
      db.prepare<LockRow>(`${select} WHERE holder_id = ? AND lifted_at IS NULL ORDER BY set_by`).all(holderId).map(lockOf),
    ofHolder: async (holderId, limit) =>
      db.prepare<LockRow>(`${select} WHERE holder_id = ? ORDER BY since DESC, id DESC LIMIT ?`).all(holderId, limit).map(lockOf),
    opened: async (now, limit) =>
      db.prepare<LockRow>(`${select} WHERE opens_at <= ? AND lifted_at IS NULL ORDER BY opens_at, id LIMIT ?`).all(now, limit).map(lockOf),
  },
  freezeLinks: {
    add: async link => {
      db.prepare(`INSERT INTO freeze_link (${links.names}) VALUES (${links.marks})`).run(...links.values(link))
    },
    find: async tokenHash => db.prepare<FreezeLink>(`SELECT ${links.shown} FROM freeze_link WHERE token_hash = ?`).get(tokenHash),
    use: async (tokenHash, at) => {
      db.prepare('UPDATE freeze_link SET used_at = ? WHERE token_hash = ?').run(at, tokenHash)
    },
    forget: async before => {
      db.prepare('DELETE FROM freeze_link WHERE expires_at < ?').run(before)
    },
  },
})
