import { holderColumns as columns } from '../../rows/holders.ts'
import type { Holder, Holders } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteHolders = (db: Database): Holders => ({
  add: async holder => {
    db.prepare(`INSERT INTO holder (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(holder))
  },
  find: async id => db.prepare<Holder>(`SELECT ${columns.shown} FROM holder WHERE id = ?`).get(id),
  findByEmail: async emailKey => db.prepare<Holder>(`SELECT ${columns.shown} FROM holder WHERE email_key = ?`).get(emailKey),
  setPassword: async (id, hash) => {
    db.prepare('UPDATE holder SET password_hash = ? WHERE id = ?').run(hash, id)
  },
  setTier: async (id, tier) => {
    db.prepare('UPDATE holder SET tier = ? WHERE id = ?').run(tier, id)
  },
  setEmail: async (id, email, emailKey) => {
    db.prepare('UPDATE holder SET email = ?, email_key = ? WHERE id = ?').run(email, emailKey, id)
  },
  setSecurityHold: async (id, since) => {
    db.prepare('UPDATE holder SET security_hold_since = ? WHERE id = ?').run(since, id)
  },
  setDays: async (id, { timeZone, heldDay, heldDayEndsAt }) => {
    db.prepare('UPDATE holder SET time_zone = ?, held_day = ?, held_day_ends_at = ? WHERE id = ?').run(timeZone, heldDay, heldDayEndsAt, id)
  },
})
