import type { Registration, Registrations, SignInCounts, SignInTries } from '../../featureRepositories.ts'
import type { Transaction } from '../connection.ts'
import { lockName } from './locks.ts'

const columns = `id, email, email_key AS "emailKey", locale, code_hash AS "codeHash", code_expires_at AS "codeExpiresAt", sent_at AS "sentAt", sent,
  tries_left AS "triesLeft", started_at AS "startedAt", verified_at AS "verifiedAt", completed_at AS "completedAt"`
const insert = `INSERT INTO registration (id, email, email_key, locale, code_hash, code_expires_at, sent_at, sent, tries_left, started_at,
  verified_at, completed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`

type SentRow = { codes: number | null; lastAt: number | null; firstStartedAt: number | null }

export const postgresRegistrations = (tx: Transaction): Registrations => {
  const put = (sql: string) => async (r: Registration) => {
    await tx.run(
      sql,
      ...[r.id, r.email, r.emailKey, r.locale, r.codeHash, r.codeExpiresAt, r.sentAt, r.sent, r.triesLeft, r.startedAt],
      ...[r.verifiedAt, r.completedAt],
    )
  }
  return {
    add: put(insert),
    save: put(
      `${insert} ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key, locale = excluded.locale,
         code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at, sent_at = excluded.sent_at, sent = excluded.sent,
         tries_left = excluded.tries_left, started_at = excluded.started_at, verified_at = excluded.verified_at,
         completed_at = excluded.completed_at`,
    ),
    find: id => tx.get<Registration>(`SELECT ${columns} FROM registration WHERE id = $1${tx.forUpdate}`, id),
    sentTo: async (emailKey, since) => {
      await lockName(tx, `registration ${emailKey}`)
      const row = await tx.get<SentRow>(
        `SELECT sum(sent) AS codes, max(sent_at) AS "lastAt", min(started_at) AS "firstStartedAt"
         FROM registration WHERE email_key = $1 AND started_at >= $2`,
        ...[emailKey, since],
      )
      return { codes: row?.codes ?? 0, lastAt: row?.lastAt ?? null, firstStartedAt: row?.firstStartedAt ?? null }
    },
    forget: async before => {
      await tx.run('DELETE FROM registration WHERE started_at < $1', before)
    },
  }
}

export const postgresSignInCounts = (tx: Transaction): SignInCounts => ({
  find: async key => {
    await lockName(tx, `sign-in ${key}`)
    return tx.get<SignInTries>('SELECT key, wrong, last_at AS "lastAt" FROM sign_in_count WHERE key = $1', key)
  },
  save: async ({ key, wrong, lastAt }) => {
    await tx.run(
      `INSERT INTO sign_in_count (key, wrong, last_at) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET wrong = excluded.wrong, last_at = excluded.last_at`,
      ...[key, wrong, lastAt],
    )
  },
  clear: async key => {
    await tx.run('DELETE FROM sign_in_count WHERE key = $1', key)
  },
  forget: async before => {
    await tx.run('DELETE FROM sign_in_count WHERE last_at < $1', before)
  },
})
