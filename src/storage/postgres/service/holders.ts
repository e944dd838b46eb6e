import { holderColumns as columns } from '../../rows/holders.ts'
import type { Holder, Holders } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

/** Whoever reads a holder to decide something keeps the row: what one person wishes is done one after another, on whatever instance. */
export const postgresHolders = (tx: Transaction): Holders => ({
  add: async holder => {
    await tx.run(`INSERT INTO holder (${columns.names}) VALUES (${columns.places})`, ...columns.values(holder))
  },
  find: id => tx.get<Holder>(`SELECT ${columns.shown} FROM holder WHERE id = $1${tx.forUpdate}`, id),
  findByEmail: emailKey => tx.get<Holder>(`SELECT ${columns.shown} FROM holder WHERE email_key = $1${tx.forUpdate}`, emailKey),
  setSecurityHold: async (id, since) => {
    await tx.run('UPDATE holder SET security_hold_since = $1 WHERE id = $2', since, id)
  },
})
