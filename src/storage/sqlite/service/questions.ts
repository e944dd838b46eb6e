import { askedColumns as columns } from '../../rows/questions.ts'
import type { QuestionRecord, Questions } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteQuestions = (db: Database): Questions => ({
  add: async question => {
    const row = db
      .prepare<{ number: number }>(`INSERT INTO question (${columns.names}) VALUES (${columns.marks}) RETURNING number`)
      .get(...columns.values(question))
    if (!row) throw new Error('the number of a question was not returned')
    return { ...question, number: row.number }
  },
  findByNumber: async number => db.prepare<QuestionRecord>(`SELECT number, ${columns.shown} FROM question WHERE number = ?`).get(number),
  open: async (after, limit) =>
    db
      .prepare<QuestionRecord>(`SELECT number, ${columns.shown} FROM question WHERE state = 'open' AND number > ? ORDER BY number LIMIT ?`)
      .all(after, limit),
  save: async ({ number, state, answer, answeredAt }) => {
    db.prepare('UPDATE question SET state = ?, answer = ?, answered_at = ? WHERE number = ?').run(state, answer, answeredAt, number)
  },
})
