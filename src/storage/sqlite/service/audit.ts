import type { AuditRow } from '#core/audit/acts.ts'
import { nextAuditRow } from '#core/audit/chain.ts'
import { digest } from '../../digest.ts'
import type { Audit } from '../../featureRepositories.ts'
import { auditColumns as columns } from '../../rows/audit.ts'
import type { Database } from '../database.ts'

export const sqliteAudit = (db: Database): Audit => ({
  append: async entry => {
    const newest = db.prepare<Pick<AuditRow, 'n' | 'chain'>>('SELECT n, chain FROM audit_entry ORDER BY n DESC LIMIT 1').get()
    const row = nextAuditRow(digest, newest, entry)
    db.prepare(`INSERT INTO audit_entry (${columns.names}) VALUES (${columns.marks})`).run(...columns.values(row))
    return row
  },
  page: async (after, limit) =>
    db.prepare<AuditRow>(`SELECT ${columns.shown} FROM audit_entry WHERE n > ? ORDER BY n LIMIT ?`).all(after, limit),
})
