import type { QuestionRecord, Questions } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'

const columns = 'number, id, holder_id AS "holderId", about, text, state, asked_at AS "askedAt", answer, answered_at AS "answeredAt"'

export const postgresQuestions = (tx: Transaction): Questions => ({
  add: async question => {
    const { id, holderId, about, text, state, askedAt, answer, answeredAt } = question
    const row = await tx.get<{ number: number }>(
      `WITH next AS (UPDATE counter SET last = last + 1 WHERE name = 'question' RETURNING last)
       INSERT INTO question (number, id, holder_id, about, text, state, asked_at, answer, answered_at)
       SELECT last, $1, $2, $3, $4, $5, $6, $7, $8 FROM next RETURNING number`,
      ...[id, holderId, about, text, state, askedAt, answer, answeredAt],
    )
    if (!row) throw new Error('the number of a question was not returned')
    return { ...question, number: row.number }
  },
  findByNumber: number => tx.get<QuestionRecord>(`SELECT ${columns} FROM question WHERE number = $1${tx.forUpdate}`, number),
  open: (after, limit) =>
    tx.all<QuestionRecord>(
      `SELECT ${columns} FROM question WHERE state = 'open' AND number > $1 ORDER BY number LIMIT $2`,
      ...[after, limit],
    ),
  save: async ({ number, state, answer, answeredAt }) => {
    await tx.run('UPDATE question SET state = $1, answer = $2, answered_at = $3 WHERE number = $4', ...[state, answer, answeredAt, number])
  },
})
