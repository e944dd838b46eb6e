import type { ContactChange, ContactDetail, ContactRepositories } from '../../contactRepositories.ts'
import { contactChangeColumns as change, contactDetailColumns as detail } from '../../rows/contactDetails.ts'
import type { Database } from '../database.ts'

const insert = `INSERT INTO contact_change (${change.names}) VALUES (${change.marks})`

export const sqliteContactDetails = (db: Database): ContactRepositories => ({
  contactDetails: {
    of: async holderId =>
      db.prepare<ContactDetail>(`SELECT ${detail.shown} FROM contact_detail WHERE holder_id = ? ORDER BY kind`).all(holderId),
    save: async row => {
      db.prepare(
        `INSERT INTO contact_detail (${detail.names}) VALUES (${detail.marks}) ON CONFLICT (holder_id, kind) DO UPDATE SET ${detail.renewed}`,
      ).run(...detail.values(row))
    },
    remove: async (holderId, kind) => {
      db.prepare('DELETE FROM contact_detail WHERE holder_id = ? AND kind = ?').run(holderId, kind)
    },
  },
  contactChanges: {
    add: async row => {
      db.prepare(insert).run(...change.values(row))
    },
    find: async id => db.prepare<ContactChange>(`SELECT ${change.shown} FROM contact_change WHERE id = ?`).get(id),
    findByUndo: async hash => db.prepare<ContactChange>(`SELECT ${change.shown} FROM contact_change WHERE undo_hash = ?`).get(hash),
    save: async row => {
      db.prepare(`${insert} ON CONFLICT (id) DO UPDATE SET ${change.renewed}`).run(...change.values(row))
    },
    since: async (holderId, at) =>
      db
        .prepare<ContactChange>(
          `SELECT ${change.shown} FROM contact_change WHERE holder_id = ? AND started_at >= ? ORDER BY started_at, id`,
        )
        .all(holderId, at),
    isReserved: async (emailKey, now, besides) =>
      db
        .prepare('SELECT 1 FROM contact_change WHERE key_before = ? AND undone_at IS NULL AND undo_until > ? AND holder_id <> ?')
        .get(emailKey, now, besides) !== undefined,
  },
})
