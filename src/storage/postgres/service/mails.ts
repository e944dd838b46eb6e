import type { MailRecord, Mails } from '../../featureRepositories.ts'
import { mailColumns as columns } from '../../rows/mails.ts'
import type { Change } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

const insert = `INSERT INTO mail (${columns.names}) VALUES (${columns.places})`

export const postgresMails = (tx: Transaction, changes: Change[]): Mails => ({
  add: async mail => {
    await tx.run(insert, ...columns.values(mail))
    if (mail.state === 'queued') changes.push({ type: 'mail' })
  },
  save: async mail => {
    await tx.run(`${insert} ON CONFLICT (id) DO UPDATE SET ${columns.renewed}`, ...columns.values(mail))
  },
  // Who comes second waits at the row, looks at it again, and finds that its time has moved.
  claim: async (now, leaseMs, limit) => {
    const due = await tx.all<{ id: string }>(
      `SELECT id FROM mail WHERE state = 'queued' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2${tx.forUpdate}`,
      ...[now, limit],
    )
    if (due.length === 0) return []
    const ids = due.map(({ id }) => id)
    return tx.all<MailRecord>(
      `UPDATE mail SET next_try_at = $1, tries = tries + 1 WHERE id = ANY ($2) RETURNING ${columns.shown}`,
      ...[now + leaseMs, ids],
    )
  },
  bringForward: async (now, latest) => {
    await tx.run(`UPDATE mail SET next_try_at = $1 WHERE state = 'queued' AND next_try_at > $2`, now, latest)
  },
  nextDueAt: async () =>
    (await tx.get<{ at: number | null }>(`SELECT min(next_try_at) AS at FROM mail WHERE state = 'queued'`))?.at ?? undefined,
  troubled: async () =>
    (await tx.get<{ retried: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE state = 'queued' AND problem IS NOT NULL) AS retried,
              count(*) FILTER (WHERE state = 'failed') AS failed FROM mail WHERE state <> 'sent'`,
    )) ?? { retried: 0, failed: 0 },
  mailbox: limit =>
    tx.all<MailRecord>(`SELECT ${columns.shown} FROM mail WHERE sent_by = 'sandbox_mailbox' ORDER BY id DESC LIMIT $1`, limit),
  toHolder: ({ id, email }, limit) =>
    tx.all<MailRecord>(
      `SELECT ${columns.shown} FROM mail WHERE holder_id = $1 OR (holder_id IS NULL AND recipient = $2) ORDER BY id DESC LIMIT $3`,
      ...[id, email, limit],
    ),
  forget: async before => {
    await tx.run(`DELETE FROM mail WHERE created_at < $1 AND state <> 'queued'`, before)
  },
})
