import type { Device } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

export const deviceColumns = columnsOf<Device>({
  id: 'id',
  holderId: 'holder_id',
  publicKey: 'public_key',
  name: 'name',
  system: 'system',
  addedAt: 'added_at',
  revokedAt: 'revoked_at',
  usedAt: 'used_at',
  country: 'country',
  installation: 'installation',
})
