import type { KeptRoot, RootLeaf, RootTree } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export const rootColumns = columnsOf<KeptRoot>({
  day: 'day',
  tree: 'tree',
  before: 'previous',
  at: 'at',
  keyId: 'key_id',
  signature: 'signature',
})

export type TreeRow = KeptRoot & { readonly build: string; readonly parts: string }

export const treeOf = ({ build, parts, ...root }: TreeRow): RootTree => ({ root, build, parts: parts.split(' ') })

export const leafColumns = columnsOf<RootLeaf>({ slot: 'slot', account: 'account', version: 'version', chain: 'chain' })
