import type { DocumentRecord, Documents, Identities, IdentityRecord, IdentityRepositories } from '../../identityRepositories.ts'
import { documentColumns, identityColumns } from '../../rows/identity.ts'
import type { Database } from '../database.ts'

const identities = (db: Database): Identities => ({
  steps: async holderId =>
    db.prepare<IdentityRecord>(`SELECT ${identityColumns.shown} FROM identity_step WHERE holder_id = ? ORDER BY step`).all(holderId),
  save: async record => {
    db.prepare(
      `INSERT INTO identity_step (${identityColumns.names}) VALUES (${identityColumns.marks})
       ON CONFLICT (holder_id, step) DO UPDATE SET ${identityColumns.renewed}`,
    ).run(...identityColumns.values(record))
  },
  waiting: async (after, most) =>
    db
      .prepare<IdentityRecord>(
        `SELECT ${identityColumns.shown} FROM identity_step WHERE state = 'in_review' AND (at, holder_id, step) > (?, ?, ?)
         ORDER BY at, holder_id, step LIMIT ?`,
      )
      .all(after?.at ?? -1, after?.holderId ?? '', after?.step ?? '', most),
  ended: async (day, most) =>
    db
      .prepare<IdentityRecord>(
        `SELECT ${identityColumns.shown} FROM identity_step WHERE state = 'verified' AND ends_on < ? ORDER BY ends_on, holder_id LIMIT ?`,
      )
      .all(day, most),
})

const documents = (db: Database): Documents => ({
  add: async (document, parts) => {
    db.prepare(`INSERT INTO identity_document (${documentColumns.names}) VALUES (${documentColumns.marks})`).run(
      ...documentColumns.values(document),
    )
    const keep = db.prepare('INSERT INTO identity_document_part (holder_id, address, n, content) VALUES (?, ?, ?, ?)')
    for (const [n, content] of parts.entries()) keep.run(document.holderId, document.address, n, content)
  },
  find: async (holderId, address) =>
    db
      .prepare<DocumentRecord>(`SELECT ${documentColumns.shown} FROM identity_document WHERE holder_id = ? AND address = ?`)
      .get(holderId, address),
  ofHolder: async holderId =>
    db
      .prepare<DocumentRecord>(`SELECT ${documentColumns.shown} FROM identity_document WHERE holder_id = ? ORDER BY added_at, address`)
      .all(holderId),
  parts: async (holderId, address) =>
    db
      .prepare<{ content: string }>('SELECT content FROM identity_document_part WHERE holder_id = ? AND address = ? ORDER BY n')
      .all(holderId, address)
      .map(({ content }) => content),
  change: async ({ holderId, address, state, keptUntil }) => {
    db.prepare('UPDATE identity_document SET state = ?, kept_until = ? WHERE holder_id = ? AND address = ?').run(
      ...[state, keptUntil, holderId, address],
    )
  },
  remove: async (holderId, address) => {
    db.prepare('DELETE FROM identity_document_part WHERE holder_id = ? AND address = ?').run(holderId, address)
    db.prepare('DELETE FROM identity_document WHERE holder_id = ? AND address = ?').run(holderId, address)
  },
  overdue: async (now, most) =>
    db
      .prepare<DocumentRecord>(
        `SELECT ${documentColumns.shown} FROM identity_document WHERE kept_until <= ? ORDER BY kept_until, holder_id, address LIMIT ?`,
      )
      .all(now, most),
})

export const sqliteIdentity = (db: Database): IdentityRepositories => ({ identities: identities(db), documents: documents(db) })
