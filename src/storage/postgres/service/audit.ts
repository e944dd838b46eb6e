import type { AuditRow } from '#core/audit/acts.ts'
import { nextAuditRow } from '#core/audit/chain.ts'
import { digest } from '../../digest.ts'
import type { Audit } from '../../featureRepositories.ts'
import { auditColumns as columns } from '../../rows/audit.ts'
import type { Transaction } from '../connection.ts'
import { lockName } from './locks.ts'

/** Who writes on keeps the others waiting until its commit, on whatever instance: what it follows is the newest line there is. */
export const postgresAudit = (tx: Transaction): Audit => ({
  append: async entry => {
    await lockName(tx, 'audit')
    const newest = await tx.get<Pick<AuditRow, 'n' | 'chain'>>('SELECT n, chain FROM audit_entry ORDER BY n DESC LIMIT 1')
    const row = nextAuditRow(digest, newest, entry)
    await tx.run(`INSERT INTO audit_entry (${columns.names}) VALUES (${columns.places})`, ...columns.values(row))
    return row
  },
  page: (after, limit) => tx.all<AuditRow>(`SELECT ${columns.shown} FROM audit_entry WHERE n > $1 ORDER BY n LIMIT $2`, after, limit),
})
