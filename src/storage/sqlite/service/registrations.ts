import type { Registration, Registrations, SignInCounts } from '../../featureRepositories.ts'
import type { Database } from '../database.ts'

type Row = {
  id: string
  email: string
  email_key: string
  locale: string
  code_hash: string | null
  code_expires_at: number
  sent_at: number
  sent: number
  tries_left: number
  started_at: number
  verified_at: number | null
  completed_at: number | null
}

const registrationOf = (row: Row): Registration => ({
  id: row.id,
  email: row.email,
  emailKey: row.email_key,
  locale: row.locale,
  codeHash: row.code_hash,
  codeExpiresAt: row.code_expires_at,
  sentAt: row.sent_at,
  sent: row.sent,
  triesLeft: row.tries_left,
  startedAt: row.started_at,
  verifiedAt: row.verified_at,
  completedAt: row.completed_at,
})

type SentRow = { codes: number | null; last_at: number | null; first_started_at: number | null }

export const sqliteRegistrations = (db: Database): Registrations => {
  const put = (sql: string) => async (r: Registration) => {
    db.prepare(sql).run(
      ...[r.id, r.email, r.emailKey, r.locale, r.codeHash, r.codeExpiresAt, r.sentAt, r.sent, r.triesLeft, r.startedAt],
      ...[r.verifiedAt, r.completedAt],
    )
  }
  return {
    add: put('INSERT INTO registration VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    save: put('REPLACE INTO registration VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    find: async id => {
      const row = db.prepare<Row>('SELECT * FROM registration WHERE id = ?').get(id)
      return row && registrationOf(row)
    },
    sentTo: async (emailKey, since) => {
      const row = db
        .prepare<SentRow>(
          `SELECT sum(sent) AS codes, max(sent_at) AS last_at, min(started_at) AS first_started_at
           FROM registration WHERE email_key = ? AND started_at >= ?`,
        )
        .get(emailKey, since)
      return { codes: row?.codes ?? 0, lastAt: row?.last_at ?? null, firstStartedAt: row?.first_started_at ?? null }
    },
    forget: async before => {
      db.prepare('DELETE FROM registration WHERE started_at < ?').run(before)
    },
  }
}

type CountRow = { key: string; wrong: number; lastAt: number }

export const sqliteSignInCounts = (db: Database): SignInCounts => ({
  find: async key => db.prepare<CountRow>('SELECT key, wrong, last_at AS lastAt FROM sign_in_count WHERE key = ?').get(key),
  save: async ({ key, wrong, lastAt }) => {
    db.prepare('REPLACE INTO sign_in_count (key, wrong, last_at) VALUES (?, ?, ?)').run(key, wrong, lastAt)
  },
  clear: async key => {
    db.prepare('DELETE FROM sign_in_count WHERE key = ?').run(key)
  },
  forget: async before => {
    db.prepare('DELETE FROM sign_in_count WHERE last_at < ?').run(before)
  },
})
