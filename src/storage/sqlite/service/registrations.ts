import type { Registration, Registrations, SignInCounts, SignInTries } from '../../featureRepositories.ts'
import { registrationColumns as columns, signInColumns } from '../../rows/registrations.ts'
import type { Database } from '../database.ts'

type SentRow = { codes: number | null; lastAt: number | null; firstStartedAt: number | null }

const insert = `INSERT INTO registration (${columns.names}) VALUES (${columns.marks})`

export const sqliteRegistrations = (db: Database): Registrations => ({
  add: async registration => {
    db.prepare(insert).run(...columns.values(registration))
  },
  save: async registration => {
    db.prepare(`${insert} ON CONFLICT (id) DO UPDATE SET ${columns.renewed}`).run(...columns.values(registration))
  },
  find: async id => db.prepare<Registration>(`SELECT ${columns.shown} FROM registration WHERE id = ?`).get(id),
  sentTo: async (emailKey, since) => {
    const row = db
      .prepare<SentRow>(
        `SELECT sum(sent) AS codes, max(sent_at) AS lastAt, min(started_at) AS firstStartedAt
         FROM registration WHERE email_key = ? AND started_at >= ?`,
      )
      .get(emailKey, since)
    return { codes: row?.codes ?? 0, lastAt: row?.lastAt ?? null, firstStartedAt: row?.firstStartedAt ?? null }
  },
  forget: async before => {
    db.prepare('DELETE FROM registration WHERE started_at < ?').run(before)
  },
})

export const sqliteSignInCounts = (db: Database): SignInCounts => ({
  find: async key => db.prepare<SignInTries>(`SELECT ${signInColumns.shown} FROM sign_in_count WHERE key = ?`).get(key),
  save: async tries => {
    db.prepare(
      `INSERT INTO sign_in_count (${signInColumns.names}) VALUES (${signInColumns.marks})
       ON CONFLICT (key) DO UPDATE SET ${signInColumns.renewed}`,
    ).run(...signInColumns.values(tries))
  },
  clear: async key => {
    db.prepare('DELETE FROM sign_in_count WHERE key = ?').run(key)
  },
  forget: async before => {
    db.prepare('DELETE FROM sign_in_count WHERE last_at < ?').run(before)
  },
})
