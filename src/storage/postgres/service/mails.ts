import type { MailRecord, Mails } from '../../featureRepositories.ts'
import type { Change } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

const shown = `id, recipient AS "to", subject, text, state, sent_by AS "by", created_at AS "createdAt", good_until AS "goodUntil", tries,
  next_try_at AS "nextTryAt", sent_at AS "sentAt", problem`
const insert = `INSERT INTO mail (id, recipient, subject, text, state, sent_by, created_at, good_until, tries, next_try_at, sent_at, problem)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

export const postgresMails = (tx: Transaction, changes: Change[]): Mails => {
  const put = (sql: string) => async (m: MailRecord) => {
    await tx.run(
      sql,
      ...[m.id, m.to, m.subject, m.text, m.state, m.by, m.createdAt, m.goodUntil, m.tries, m.nextTryAt, m.sentAt, m.problem],
    )
  }
  const add = put(insert)
  return {
    add: async mail => {
      await add(mail)
      if (mail.state === 'queued') changes.push({ type: 'mail' })
    },
    save: put(
      `${insert} ON CONFLICT (id) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject, text = excluded.text,
         state = excluded.state, sent_by = excluded.sent_by, created_at = excluded.created_at, good_until = excluded.good_until,
         tries = excluded.tries, next_try_at = excluded.next_try_at, sent_at = excluded.sent_at, problem = excluded.problem`,
    ),
    // Who comes second waits at the row, looks at it again, and finds that its time has moved.
    claim: async (now, leaseMs, limit) => {
      const due = await tx.all<{ id: string }>(
        `SELECT id FROM mail WHERE state = 'queued' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2${tx.forUpdate}`,
        ...[now, limit],
      )
      if (due.length === 0) return []
      const ids = due.map(({ id }) => id)
      return tx.all<MailRecord>(
        `UPDATE mail SET next_try_at = $1, tries = tries + 1 WHERE id = ANY ($2) RETURNING ${shown}`,
        ...[now + leaseMs, ids],
      )
    },
    nextDueAt: async () =>
      (await tx.get<{ at: number | null }>(`SELECT min(next_try_at) AS at FROM mail WHERE state = 'queued'`))?.at ?? undefined,
    troubled: async () =>
      (await tx.get<{ retried: number; failed: number }>(
        `SELECT count(*) FILTER (WHERE state = 'queued' AND problem IS NOT NULL) AS retried,
                count(*) FILTER (WHERE state = 'failed') AS failed FROM mail WHERE state <> 'sent'`,
      )) ?? { retried: 0, failed: 0 },
    mailbox: limit => tx.all<MailRecord>(`SELECT ${shown} FROM mail WHERE sent_by = 'sandbox_mailbox' ORDER BY id DESC LIMIT $1`, limit),
    forget: async before => {
      await tx.run(`DELETE FROM mail WHERE created_at < $1 AND state <> 'queued'`, before)
    },
  }
}
