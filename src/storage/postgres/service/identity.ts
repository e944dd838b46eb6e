import type { DocumentRecord, Documents, Identities, IdentityRecord, IdentityRepositories } from '../../identityRepositories.ts'
import { documentColumns, identityColumns } from '../../rows/identity.ts'
import type { Transaction } from '../connection.ts'

/** Whoever changes a step or a document has read the holder in the same transaction: their row is the lock. */
const identities = (tx: Transaction): Identities => ({
  steps: holderId =>
    tx.all<IdentityRecord>(`SELECT ${identityColumns.shown} FROM identity_step WHERE holder_id = $1 ORDER BY step`, holderId),
  save: async record => {
    await tx.run(
      `INSERT INTO identity_step (${identityColumns.names}) VALUES (${identityColumns.places})
       ON CONFLICT (holder_id, step) DO UPDATE SET ${identityColumns.renewed}`,
      ...identityColumns.values(record),
    )
  },
  waiting: (after, most) =>
    tx.all<IdentityRecord>(
      `SELECT ${identityColumns.shown} FROM identity_step WHERE state = 'in_review' AND (at, holder_id, step) > ($1, $2, $3)
       ORDER BY at, holder_id, step LIMIT $4`,
      ...[after?.at ?? -1, after?.holderId ?? '', after?.step ?? '', most],
    ),
  ended: (day, most) =>
    tx.all<IdentityRecord>(
      `SELECT ${identityColumns.shown} FROM identity_step WHERE state = 'verified' AND ends_on < $1 ORDER BY ends_on, holder_id LIMIT $2`,
      ...[day, most],
    ),
})

const documents = (tx: Transaction): Documents => ({
  add: async (document, parts) => {
    await tx.run(
      `INSERT INTO identity_document (${documentColumns.names}) VALUES (${documentColumns.places})`,
      ...documentColumns.values(document),
    )
    for (const [n, content] of parts.entries())
      await tx.run(
        'INSERT INTO identity_document_part (holder_id, address, n, content) VALUES ($1, $2, $3, $4)',
        ...[document.holderId, document.address, n, content],
      )
  },
  find: (holderId, address) =>
    tx.get<DocumentRecord>(
      `SELECT ${documentColumns.shown} FROM identity_document WHERE holder_id = $1 AND address = $2`,
      ...[holderId, address],
    ),
  ofHolder: holderId =>
    tx.all<DocumentRecord>(
      `SELECT ${documentColumns.shown} FROM identity_document WHERE holder_id = $1 ORDER BY added_at, address`,
      holderId,
    ),
  parts: async (holderId, address) =>
    (
      await tx.all<{ content: string }>(
        'SELECT content FROM identity_document_part WHERE holder_id = $1 AND address = $2 ORDER BY n',
        ...[holderId, address],
      )
    ).map(({ content }) => content),
  change: async ({ holderId, address, state, keptUntil }) => {
    await tx.run(
      'UPDATE identity_document SET state = $1, kept_until = $2 WHERE holder_id = $3 AND address = $4',
      ...[state, keptUntil, holderId, address],
    )
  },
  remove: async (holderId, address) => {
    await tx.run('DELETE FROM identity_document_part WHERE holder_id = $1 AND address = $2', holderId, address)
    await tx.run('DELETE FROM identity_document WHERE holder_id = $1 AND address = $2', holderId, address)
  },
  overdue: (now, most) =>
    tx.all<DocumentRecord>(
      `SELECT ${documentColumns.shown} FROM identity_document WHERE kept_until <= $1 ORDER BY kept_until, holder_id, address LIMIT $2`,
      ...[now, most],
    ),
})

export const postgresIdentity = (tx: Transaction): IdentityRepositories => ({ identities: identities(tx), documents: documents(tx) })
