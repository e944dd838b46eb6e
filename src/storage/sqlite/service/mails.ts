import type { MailRecord, Mails } from '../../featureRepositories.ts'
import { mailColumns as columns } from '../../rows/mails.ts'
import type { Change } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

const insert = `INSERT INTO mail (${columns.names}) VALUES (${columns.marks})`

export const sqliteMails = (db: Database, changes: Change[]): Mails => ({
  add: async mail => {
    db.prepare(insert).run(...columns.values(mail))
    if (mail.state === 'queued') changes.push({ type: 'mail' })
  },
  save: async mail => {
    db.prepare(`${insert} ON CONFLICT (id) DO UPDATE SET ${columns.renewed}`).run(...columns.values(mail))
  },
  claim: async (now, leaseMs, limit) =>
    db
      .prepare<MailRecord>(
        `UPDATE mail SET next_try_at = ?, tries = tries + 1
         WHERE id IN (SELECT id FROM mail WHERE state = 'queued' AND next_try_at <= ? ORDER BY next_try_at LIMIT ?) RETURNING ${columns.shown}`,
      )
      .all(now + leaseMs, now, limit),
  bringForward: async (now, latest) => {
    db.prepare(`UPDATE mail SET next_try_at = ? WHERE state = 'queued' AND next_try_at > ?`).run(now, latest)
  },
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
    db.prepare<MailRecord>(`SELECT ${columns.shown} FROM mail WHERE sent_by = 'sandbox_mailbox' ORDER BY id DESC LIMIT ?`).all(limit),
  toHolder: async ({ id, email }, limit) =>
    db
      .prepare<MailRecord>(
        `SELECT ${columns.shown} FROM mail WHERE holder_id = ? OR (holder_id IS NULL AND recipient = ?) ORDER BY id DESC LIMIT ?`,
      )
      .all(id, email, limit),
  forget: async before => {
    db.prepare(`DELETE FROM mail WHERE created_at < ? AND state <> 'queued'`).run(before)
  },
})
