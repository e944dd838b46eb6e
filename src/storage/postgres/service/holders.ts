import { holderColumns as columns } from '../../rows/holders.ts'
import type { Holder, Holders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import type { Lookup } from '../together.ts'

const byId: Lookup<Holder> = {
  table: 'holder',
  sql: `SELECT ${columns.shown} FROM holder WHERE id = ANY ($1) ORDER BY id`,
  keyOf: ({ id }) => [id],
  isLocked: true,
  isOwned: true,
}

/** Whoever reads a holder to decide something keeps the row: what one person wishes is done one after another, on whatever instance. */
export const postgresHolders = (tx: Transaction): Holders => ({
  add: async holder => {
    await tx.run(`INSERT INTO holder (${columns.names}) VALUES (${columns.places})`, ...columns.values(holder))
  },
  find: async id => (await tx.look(byId, id))[0],
  findByEmail: emailKey => tx.get<Holder>(`SELECT ${columns.shown} FROM holder WHERE email_key = $1${tx.forUpdate}`, emailKey),
  setPassword: async (id, hash) => {
    await tx.run('UPDATE holder SET password_hash = $1 WHERE id = $2', hash, id)
  },
  setTier: async (id, tier) => {
    await tx.run('UPDATE holder SET tier = $1 WHERE id = $2', tier, id)
  },
  setEmail: async (id, email, emailKey) => {
    await tx.run('UPDATE holder SET email = $1, email_key = $2 WHERE id = $3', email, emailKey, id)
  },
  setSecurityHold: async (id, since) => {
    await tx.run('UPDATE holder SET security_hold_since = $1 WHERE id = $2', since, id)
  },
  setDays: async (id, { timeZone, heldDay, heldDayEndsAt }) => {
    const sql = 'UPDATE holder SET time_zone = $1, held_day = $2, held_day_ends_at = $3 WHERE id = $4'
    await tx.run(sql, timeZone, heldDay, heldDayEndsAt, id)
  },
})
