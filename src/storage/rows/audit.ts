import type { AuditRow } from '#core/audit/acts.ts'
import { columnsOf } from './columns.ts'

export const auditColumns = columnsOf<AuditRow>({
  n: 'n',
  at: 'at',
  by: 'done_by',
  act: 'act',
  object: 'object',
  detail: 'detail',
  chain: 'chain',
})
