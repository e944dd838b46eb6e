import type { ContactChange, ContactDetail, ContactRepositories } from '../../contactRepositories.ts'
import { contactChangeColumns as change, contactDetailColumns as detail } from '../../rows/contactDetails.ts'
import type { Transaction } from '../connection.ts'

const insert = `INSERT INTO contact_change (${change.names}) VALUES (${change.places})`

/** What a holder changes is in order by the holder's row, which is read first. */
export const postgresContactDetails = (tx: Transaction): ContactRepositories => ({
  contactDetails: {
    of: holderId => tx.all<ContactDetail>(`SELECT ${detail.shown} FROM contact_detail WHERE holder_id = $1 ORDER BY kind`, holderId),
    save: async row => {
      await tx.run(
        `INSERT INTO contact_detail (${detail.names}) VALUES (${detail.places}) ON CONFLICT (holder_id, kind) DO UPDATE SET ${detail.renewed}`,
        ...detail.values(row),
      )
    },
    remove: async (holderId, kind) => {
      await tx.run('DELETE FROM contact_detail WHERE holder_id = $1 AND kind = $2', holderId, kind)
    },
  },
  contactChanges: {
    add: async row => {
      await tx.run(insert, ...change.values(row))
    },
    find: id => tx.get<ContactChange>(`SELECT ${change.shown} FROM contact_change WHERE id = $1${tx.forUpdate}`, id),
    findByUndo: hash => tx.get<ContactChange>(`SELECT ${change.shown} FROM contact_change WHERE undo_hash = $1${tx.forUpdate}`, hash),
    save: async row => {
      await tx.run(`${insert} ON CONFLICT (id) DO UPDATE SET ${change.renewed}`, ...change.values(row))
    },
    since: (holderId, at) =>
      tx.all<ContactChange>(
        `SELECT ${change.shown} FROM contact_change WHERE holder_id = $1 AND started_at >= $2 ORDER BY started_at, id`,
        ...[holderId, at],
      ),
    isReserved: async (emailKey, now, besides) =>
      (await tx.get(
        'SELECT 1 FROM contact_change WHERE key_before = $1 AND undone_at IS NULL AND undo_until > $2 AND holder_id <> $3',
        ...[emailKey, now, besides],
      )) !== undefined,
  },
})
