import { challengeColumns, resetColumns, safetyColumns } from '../../rows/safety.ts'
import type {
  ChallengeRecord,
  Challenges,
  PasswordReset,
  PasswordResets,
  RecoveryCodes,
  SafetyRecord,
  SafetyRecords,
  SafetyRepositories,
} from '../../safetyRepositories.ts'
import type { Database } from '../database.ts'

const safetyRecords = (db: Database): SafetyRecords => ({
  find: async holderId => db.prepare<SafetyRecord>(`SELECT ${safetyColumns.shown} FROM account_safety WHERE holder_id = ?`).get(holderId),
  save: async record => {
    db.prepare(
      `INSERT INTO account_safety (${safetyColumns.names}) VALUES (${safetyColumns.marks})
       ON CONFLICT (holder_id) DO UPDATE SET ${safetyColumns.renewed}`,
    ).run(...safetyColumns.values(record))
  },
})

const recoveryCodes = (db: Database): RecoveryCodes => {
  const clear = (holderId: string) => db.prepare('DELETE FROM recovery_code WHERE holder_id = ?').run(holderId)
  return {
    renew: async (holderId, hashes) => {
      clear(holderId)
      const insert = db.prepare('INSERT INTO recovery_code (holder_id, n, hash) VALUES (?, ?, ?)')
      for (const [n, hash] of hashes.entries()) insert.run(holderId, n, hash)
    },
    unused: async holderId =>
      db
        .prepare<{ n: number; hash: string }>('SELECT n, hash FROM recovery_code WHERE holder_id = ? AND used_at IS NULL ORDER BY n')
        .all(holderId),
    use: async (holderId, n, at) =>
      db.prepare('UPDATE recovery_code SET used_at = ? WHERE holder_id = ? AND n = ? AND used_at IS NULL').run(at, holderId, n).changes ===
      1,
    clear: async holderId => {
      clear(holderId)
    },
  }
}

const insertChallenge = `INSERT INTO challenge (${challengeColumns.names}) VALUES (${challengeColumns.marks})`

const challenges = (db: Database): Challenges => ({
  add: async challenge => {
    db.prepare(insertChallenge).run(...challengeColumns.values(challenge))
  },
  find: async idHash => db.prepare<ChallengeRecord>(`SELECT ${challengeColumns.shown} FROM challenge WHERE id_hash = ?`).get(idHash),
  provedFor: async (holderId, commandId) =>
    db
      .prepare<ChallengeRecord>(
        `SELECT ${challengeColumns.shown} FROM challenge
         WHERE holder_id = ? AND command_id = ? AND proved_at IS NOT NULL AND used_at IS NULL ORDER BY id_hash`,
      )
      .all(holderId, commandId),
  save: async challenge => {
    db.prepare(`${insertChallenge} ON CONFLICT (id_hash) DO UPDATE SET ${challengeColumns.renewed}`).run(
      ...challengeColumns.values(challenge),
    )
  },
  forget: async before => {
    db.prepare('DELETE FROM challenge WHERE begun_at < ?').run(before)
  },
})

const insertReset = `INSERT INTO password_reset (${resetColumns.names}) VALUES (${resetColumns.marks})`

type Started = { count: number; firstAt: number | null; lastAt: number | null }

const passwordResets = (db: Database): PasswordResets => ({
  add: async reset => {
    db.prepare(insertReset).run(...resetColumns.values(reset))
  },
  find: async id => db.prepare<PasswordReset>(`SELECT ${resetColumns.shown} FROM password_reset WHERE id = ?`).get(id),
  save: async reset => {
    db.prepare(`${insertReset} ON CONFLICT (id) DO UPDATE SET ${resetColumns.renewed}`).run(...resetColumns.values(reset))
  },
  waiting: async holderId =>
    db
      .prepare<PasswordReset>(
        `SELECT ${resetColumns.shown} FROM password_reset WHERE holder_id = ? AND holds_from IS NOT NULL AND ended_at IS NULL
         ORDER BY started_at DESC LIMIT 1`,
      )
      .get(holderId),
  startedFor: async (emailKey, since) =>
    db
      .prepare<Started>(
        `SELECT count(*) AS count, min(started_at) AS firstAt, max(started_at) AS lastAt
         FROM password_reset WHERE email_key = ? AND started_at >= ?`,
      )
      .get(emailKey, since) ?? { count: 0, firstAt: null, lastAt: null },
  forget: async before => {
    db.prepare('DELETE FROM password_reset WHERE started_at < ? AND (holds_from IS NULL OR ended_at IS NOT NULL)').run(before)
  },
})

export const sqliteSafety = (db: Database): SafetyRepositories => ({
  safety: safetyRecords(db),
  recoveryCodes: recoveryCodes(db),
  challenges: challenges(db),
  passwordResets: passwordResets(db),
})
