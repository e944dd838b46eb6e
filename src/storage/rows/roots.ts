import type { KeptRoot, RootLeaf } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export const rootColumns = columnsOf<KeptRoot>({
  day: 'day',
  tree: 'tree',
  before: 'previous',
  at: 'at',
  keyId: 'key_id',
  signature: 'signature',
})

export type PartsRow = { readonly build: string; readonly parts: string }

export const leafColumns = columnsOf<RootLeaf>({ slot: 'slot', account: 'account', version: 'version', chain: 'chain' })
