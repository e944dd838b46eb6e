import { askedColumns as columns } from '../../rows/questions.ts'
import type { QuestionRecord, Questions } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

export const postgresQuestions = (tx: Transaction): Questions => ({
  add: async question => {
    const row = await tx.get<{ number: number }>(
      `WITH next AS (UPDATE counter SET last = last + 1 WHERE name = 'question' RETURNING last)
       INSERT INTO question (${columns.names}, number) SELECT ${columns.places}, last FROM next RETURNING number`,
      ...columns.values(question),
    )
    if (!row) throw new Error('the number of a question was not returned')
    return { ...question, number: row.number }
  },
  findByNumber: number => tx.get<QuestionRecord>(`SELECT number, ${columns.shown} FROM question WHERE number = $1${tx.forUpdate}`, number),
  open: (after, limit) =>
    tx.all<QuestionRecord>(
      `SELECT number, ${columns.shown} FROM question WHERE state = 'open' AND number > $1 ORDER BY number LIMIT $2`,
      ...[after, limit],
    ),
  save: async ({ number, state, answer, answeredAt }) => {
    await tx.run('UPDATE question SET state = $1, answer = $2, answered_at = $3 WHERE number = $4', ...[state, answer, answeredAt, number])
  },
})
