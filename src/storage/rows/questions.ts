import type { QuestionRecord } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

/** What is asked, without the number that the store gives it. */
export const askedColumns = columnsOf<Omit<QuestionRecord, 'number'>>({
  id: 'id',
  holderId: 'holder_id',
  about: 'about',
  text: 'text',
  state: 'state',
  askedAt: 'asked_at',
  answer: 'answer',
  answeredAt: 'answered_at',
})
