import type { QuestionRecord, Questions } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

const columns = 'number, id, holder_id AS holderId, about, text, state, asked_at AS askedAt, answer, answered_at AS answeredAt'

export const sqliteQuestions = (db: Database): Questions => ({
  add: async question => {
    const { id, holderId, about, text, state, askedAt, answer, answeredAt } = question
    const row = db
      .prepare<{ number: number }>(
        `INSERT INTO question (id, holder_id, about, text, state, asked_at, answer, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         RETURNING number`,
      )
      .get(id, holderId, about, text, state, askedAt, answer, answeredAt)
    if (!row) throw new Error('the number of a question was not returned')
    return { ...question, number: row.number }
  },
  findByNumber: async number => db.prepare<QuestionRecord>(`SELECT ${columns} FROM question WHERE number = ?`).get(number),
  open: async (after, limit) =>
    db
      .prepare<QuestionRecord>(`SELECT ${columns} FROM question WHERE state = 'open' AND number > ? ORDER BY number LIMIT ?`)
      .all(after, limit),
  save: async ({ number, state, answer, answeredAt }) => {
    db.prepare('UPDATE question SET state = ?, answer = ?, answered_at = ? WHERE number = ?').run(state, answer, answeredAt, number)
  },
})
