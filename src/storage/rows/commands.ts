import type { KeptCommand } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

/** What is asked of many commands at once. */
export type AnswerRow = Pick<KeptCommand, 'id' | 'answer'>

export const answersById = (rows: readonly AnswerRow[]): ReadonlyMap<string, string> => new Map(rows.map(({ id, answer }) => [id, answer]))

export const commandColumns = columnsOf<KeptCommand>({
  id: 'id',
  holderId: 'holder_id',
  deviceId: 'device_id',
  type: 'type',
  content: 'content',
  madeAt: 'made_at',
  signature: 'signature',
  receivedAt: 'received_at',
  answer: 'answer',
})
