import type { DocumentRecord, IdentityRecord } from '../identityRepositories.ts'
import { columnsOf } from './columns.ts'

export const identityColumns = columnsOf<IdentityRecord>({
  holderId: 'holder_id',
  step: 'step',
  revision: 'revision',
  state: 'state',
  at: 'at',
  endsOn: 'ends_on',
  detail: 'detail',
  content: 'content',
})

export const documentColumns = columnsOf<DocumentRecord>({
  holderId: 'holder_id',
  address: 'address',
  step: 'step',
  pages: 'pages',
  kind: 'kind',
  bytes: 'bytes',
  addedAt: 'added_at',
  keptUntil: 'kept_until',
  state: 'state',
})
