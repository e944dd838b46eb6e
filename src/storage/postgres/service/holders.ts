import type { Holder, Holders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

const columns = `id, email, email_key AS "emailKey", name, country, born_on AS "bornOn", time_zone AS "timeZone", locale,
  password_hash AS "passwordHash", registered_at AS "registeredAt", security_hold_since AS "securityHoldSince"`

/** Whoever reads a holder to decide something keeps the row: what one person wishes is done one after another, on whatever instance. */
export const postgresHolders = (tx: Transaction): Holders => ({
  add: async holder => {
    await tx.run(
      `INSERT INTO holder (id, email, email_key, name, country, born_on, time_zone, locale, password_hash, registered_at, security_hold_since)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      ...[holder.id, holder.email, holder.emailKey, holder.name, holder.country, holder.bornOn, holder.timeZone, holder.locale],
      ...[holder.passwordHash, holder.registeredAt, holder.securityHoldSince],
    )
  },
  find: id => tx.get<Holder>(`SELECT ${columns} FROM holder WHERE id = $1${tx.forUpdate}`, id),
  findByEmail: emailKey => tx.get<Holder>(`SELECT ${columns} FROM holder WHERE email_key = $1${tx.forUpdate}`, emailKey),
  setSecurityHold: async (id, since) => {
    await tx.run('UPDATE holder SET security_hold_since = $1 WHERE id = $2', since, id)
  },
})
