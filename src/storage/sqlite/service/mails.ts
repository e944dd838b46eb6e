import type { MailRecord, Mails } from '../../featureRepositories.ts'
import type { Change } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

type Row = {
  id: string
  recipient: string
  subject: string
  text: string
  state: MailRecord['state']
  sent_by: MailRecord['by']
  created_at: number
  good_until: number
  tries: number
  next_try_at: number
  sent_at: number | null
  problem: string | null
}

const mailOf = (row: Row): MailRecord => ({
  id: row.id,
  to: row.recipient,
  subject: row.subject,
  text: row.text,
  state: row.state,
  by: row.sent_by,
  createdAt: row.created_at,
  goodUntil: row.good_until,
  tries: row.tries,
  nextTryAt: row.next_try_at,
  sentAt: row.sent_at,
  problem: row.problem,
})

export const sqliteMails = (db: Database, changes: Change[]): Mails => {
  const put = (sql: string) => async (m: MailRecord) => {
    db.prepare(sql).run(
      ...[m.id, m.to, m.subject, m.text, m.state, m.by, m.createdAt, m.goodUntil, m.tries, m.nextTryAt, m.sentAt, m.problem],
    )
  }
  const columns = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
  const insert = put(`INSERT INTO mail VALUES ${columns}`)
  return {
    add: async mail => {
      await insert(mail)
      if (mail.state === 'queued') changes.push({ type: 'mail' })
    },
    save: put(`REPLACE INTO mail VALUES ${columns}`),
    claim: async (now, leaseMs, limit) =>
      db
        .prepare<Row>(
          `UPDATE mail SET next_try_at = ?, tries = tries + 1
           WHERE id IN (SELECT id FROM mail WHERE state = 'queued' AND next_try_at <= ? ORDER BY next_try_at LIMIT ?) RETURNING *`,
        )
        .all(now + leaseMs, now, limit)
        .map(mailOf),
    nextDueAt: async () =>
      db.prepare<{ at: number | null }>(`SELECT min(next_try_at) AS at FROM mail WHERE state = 'queued'`).get()?.at ?? undefined,
    troubled: async () =>
      db
        .prepare<{ retried: number; failed: number }>(
          `SELECT count(*) FILTER (WHERE state = 'queued' AND problem IS NOT NULL) AS retried,
                  count(*) FILTER (WHERE state = 'failed') AS failed FROM mail WHERE state <> 'sent'`,
        )
        .get() ?? { retried: 0, failed: 0 },
    mailbox: async limit =>
      db.prepare<Row>(`SELECT * FROM mail WHERE sent_by = 'sandbox_mailbox' ORDER BY id DESC LIMIT ?`).all(limit).map(mailOf),
    forget: async before => {
      db.prepare(`DELETE FROM mail WHERE created_at < ? AND state <> 'queued'`).run(before)
    },
  }
}
