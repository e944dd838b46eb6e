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
import type { Transaction } from '../connection.ts'
import type { Lookup } from '../together.ts'
import { lockName } from './locks.ts'

/** Each payment asks for it. */
const byHolder: Lookup<SafetyRecord> = {
  table: 'account_safety',
  sql: `SELECT ${safetyColumns.shown} FROM account_safety WHERE holder_id = ANY ($1) ORDER BY holder_id`,
  keyOf: ({ holderId }) => [holderId],
  isLocked: true,
}

const safetyRecords = (tx: Transaction): SafetyRecords => ({
  find: async holderId => (await tx.look(byHolder, holderId))[0],
  save: async record => {
    await tx.run(
      `INSERT INTO account_safety (${safetyColumns.names}) VALUES (${safetyColumns.places})
       ON CONFLICT (holder_id) DO UPDATE SET ${safetyColumns.renewed}`,
      ...safetyColumns.values(record),
    )
  },
})

const recoveryCodes = (tx: Transaction): RecoveryCodes => {
  const clear = (holderId: string) => tx.run('DELETE FROM recovery_code WHERE holder_id = $1', holderId)
  return {
    renew: async (holderId, hashes) => {
      await clear(holderId)
      for (const [n, hash] of hashes.entries())
        await tx.run('INSERT INTO recovery_code (holder_id, n, hash) VALUES ($1, $2, $3)', holderId, n, hash)
    },
    unused: holderId =>
      tx.all<{ n: number; hash: string }>(
        'SELECT n, hash FROM recovery_code WHERE holder_id = $1 AND used_at IS NULL ORDER BY n',
        holderId,
      ),
    use: async (holderId, n, at) =>
      (await tx.run('UPDATE recovery_code SET used_at = $1 WHERE holder_id = $2 AND n = $3 AND used_at IS NULL', at, holderId, n)) === 1,
    clear: async holderId => {
      await clear(holderId)
    },
  }
}

const insertChallenge = `INSERT INTO challenge (${challengeColumns.names}) VALUES (${challengeColumns.places})`

const challenges = (tx: Transaction): Challenges => ({
  add: async challenge => {
    await tx.run(insertChallenge, ...challengeColumns.values(challenge))
  },
  find: idHash => tx.get<ChallengeRecord>(`SELECT ${challengeColumns.shown} FROM challenge WHERE id_hash = $1${tx.forUpdate}`, idHash),
  provedFor: (holderId, commandId) =>
    tx.all<ChallengeRecord>(
      `SELECT ${challengeColumns.shown} FROM challenge
       WHERE holder_id = $1 AND command_id = $2 AND proved_at IS NOT NULL AND used_at IS NULL ORDER BY id_hash${tx.forUpdate}`,
      ...[holderId, commandId],
    ),
  save: async challenge => {
    await tx.run(
      `${insertChallenge} ON CONFLICT (id_hash) DO UPDATE SET ${challengeColumns.renewed}`,
      ...challengeColumns.values(challenge),
    )
  },
  forget: async before => {
    await tx.run('DELETE FROM challenge WHERE begun_at < $1', before)
  },
})

const insertReset = `INSERT INTO password_reset (${resetColumns.names}) VALUES (${resetColumns.places})`

type Started = { count: number; firstAt: number | null; lastAt: number | null }

const passwordResets = (tx: Transaction): PasswordResets => ({
  add: async reset => {
    await tx.run(insertReset, ...resetColumns.values(reset))
  },
  find: id => tx.get<PasswordReset>(`SELECT ${resetColumns.shown} FROM password_reset WHERE id = $1${tx.forUpdate}`, id),
  save: async reset => {
    await tx.run(`${insertReset} ON CONFLICT (id) DO UPDATE SET ${resetColumns.renewed}`, ...resetColumns.values(reset))
  },
  waiting: holderId =>
    tx.get<PasswordReset>(
      `SELECT ${resetColumns.shown} FROM password_reset WHERE holder_id = $1 AND holds_from IS NOT NULL AND ended_at IS NULL
       ORDER BY started_at DESC LIMIT 1${tx.forUpdate}`,
      holderId,
    ),
  startedFor: async (emailKey, since) => {
    await lockName(tx, `reset ${emailKey}`)
    const row = await tx.get<Started>(
      `SELECT count(*) AS count, min(started_at) AS "firstAt", max(started_at) AS "lastAt"
       FROM password_reset WHERE email_key = $1 AND started_at >= $2`,
      ...[emailKey, since],
    )
    return row ?? { count: 0, firstAt: null, lastAt: null }
  },
  forget: async before => {
    await tx.run('DELETE FROM password_reset WHERE started_at < $1 AND (holds_from IS NULL OR ended_at IS NOT NULL)', before)
  },
})

export const postgresSafety = (tx: Transaction): SafetyRepositories => ({
  safety: safetyRecords(tx),
  recoveryCodes: recoveryCodes(tx),
  challenges: challenges(tx),
  passwordResets: passwordResets(tx),
})
