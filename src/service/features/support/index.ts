import type { Question } from '#contracts/wire/shapes.ts'
import { ok } from '#core/failure/outcome.ts'
import type { QuestionRecord } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import type { Feature } from '../../ports.ts'
import { iso } from '../../wires.ts'

export const questionWire = ({ id, number, about, text, state, askedAt, answer, answeredAt }: QuestionRecord): Question => ({
  id,
  number,
  about,
  text,
  state,
  askedAt: iso(askedAt),
  answer,
  answeredAt: answeredAt === null ? null : iso(answeredAt),
})

/** Questions to a person: each gets a number and is kept. */
export const supportFeature: Feature = {
  commands: {
    'question.ask': async (tx, holder, { id, body, now }) => {
      const { about, text } = body
      const asked = { id, holderId: holder.id, about, text, state: 'open', askedAt: now, answer: null, answeredAt: null } as const
      const question = questionWire(await tx.questions.add(asked))
      await appendFeed(tx, holder.id, { type: 'question', question }, now)
      return ok({ question })
    },
  },
}
