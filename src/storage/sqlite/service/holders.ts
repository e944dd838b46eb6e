import type { Holder, Holders } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

type Row = {
  id: string
  email: string
  email_key: string
  name: string
  country: string
  born_on: string | null
  time_zone: string
  locale: string
  password_hash: string
  registered_at: number
  security_hold_since: number | null
}

const holderOf = (row: Row): Holder => ({
  id: row.id,
  email: row.email,
  emailKey: row.email_key,
  name: row.name,
  country: row.country,
  bornOn: row.born_on,
  timeZone: row.time_zone,
  locale: row.locale,
  passwordHash: row.password_hash,
  registeredAt: row.registered_at,
  securityHoldSince: row.security_hold_since,
})

export const sqliteHolders = (db: Database): Holders => ({
  add: async holder => {
    db.prepare('INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      holder.id,
      holder.email,
      holder.emailKey,
      holder.name,
      holder.country,
      holder.bornOn,
      holder.timeZone,
      holder.locale,
      holder.passwordHash,
      holder.registeredAt,
      holder.securityHoldSince,
    )
  },
  find: async id => {
    const row = db.prepare<Row>('SELECT * FROM holder WHERE id = ?').get(id)
    return row && holderOf(row)
  },
  findByEmail: async emailKey => {
    const row = db.prepare<Row>('SELECT * FROM holder WHERE email_key = ?').get(emailKey)
    return row && holderOf(row)
  },
  setSecurityHold: async (id, since) => {
    db.prepare('UPDATE holder SET security_hold_since = ? WHERE id = ?').run(since, id)
  },
})
