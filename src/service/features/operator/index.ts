import { Fault } from '#core/failure/faults.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { Feature } from '../../ports.ts'
import { questionWire } from '../support/index.ts'

const pageRows = 200

async function holderById(tx: Tx, id: string): Promise<Holder> {
  const holder = await tx.holders.find(id)
  if (!holder) throw new Fault('unexpected', { cause: new Error('a holder is missing') })
  return holder
}

/** What an operator answers. It is told to the holder in the feed and by mail. */
export const operatorFeature: Feature = {
  routes: {
    questions: (ports, _caller, { after }) =>
      ports.store.read(async tx => {
        const open = await tx.questions.open(after, pageRows)
        const emails = await Promise.all(open.map(async ({ holderId }) => (await holderById(tx, holderId)).email))
        return ok({ questions: open.map((question, index) => ({ ...questionWire(question), email: emails[index] ?? '' })) })
      }),
    answer: (ports, { by }, { number, text }) =>
      ports.store.write(async tx => {
        const asked = await tx.questions.findByNumber(number)
        if (!asked) return no('not_found')
        const now = ports.clock()
        const answered = { ...asked, state: 'answered', answer: text, answeredAt: now } as const
        await tx.questions.save(answered)
        const object = `question:${number}`
        await tx.audit.append({ at: now, by, act: 'question.answered', object, detail: { holder: asked.holderId } })
        const question = questionWire(answered)
        await appendFeed(tx, asked.holderId, { type: 'question', question }, now)
        const holder = await holderById(tx, asked.holderId)
        await enqueueMail(tx, ports, holder, { kind: 'answered', name: holder.name, number, question: asked.text, answer: text }, now)
        return ok({ question })
      }),
  },
}
