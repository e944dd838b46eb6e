import type { Registration, Registrations, SignInCounts, SignInTries } from '../../featureRepositories.ts'
import { registrationColumns as columns, signInColumns } from '../../rows/registrations.ts'
import type { Transaction } from '../connection.ts'
import { lockName } from './locks.ts'

const insert = `INSERT INTO registration (${columns.names}) VALUES (${columns.places})`

type SentRow = { codes: number | null; lastAt: number | null; firstStartedAt: number | null }

export const postgresRegistrations = (tx: Transaction): Registrations => ({
  add: async registration => {
    await tx.run(insert, ...columns.values(registration))
  },
  save: async registration => {
    await tx.run(`${insert} ON CONFLICT (id) DO UPDATE SET ${columns.renewed}`, ...columns.values(registration))
  },
  find: id => tx.get<Registration>(`SELECT ${columns.shown} FROM registration WHERE id = $1${tx.forUpdate}`, id),
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
})

export const postgresSignInCounts = (tx: Transaction): SignInCounts => ({
  find: async key => {
    await lockName(tx, `sign-in ${key}`)
    return tx.get<SignInTries>(`SELECT ${signInColumns.shown} FROM sign_in_count WHERE key = $1`, key)
  },
  save: async tries => {
    await tx.run(
      `INSERT INTO sign_in_count (${signInColumns.names}) VALUES (${signInColumns.places})
       ON CONFLICT (key) DO UPDATE SET ${signInColumns.renewed}`,
      ...signInColumns.values(tries),
    )
  },
  clear: async key => {
    await tx.run('DELETE FROM sign_in_count WHERE key = $1', key)
  },
  forget: async before => {
    await tx.run('DELETE FROM sign_in_count WHERE last_at < $1', before)
  },
})
