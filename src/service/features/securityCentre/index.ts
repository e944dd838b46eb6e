import { parseMailPhrase } from '#core/account/mailPhrase.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Feature, RouteHandler } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { takeProof } from '../secondFactor/proofs.ts'
import { safetyRecord, safetyWire } from '../secondFactor/safetyOf.ts'
import { tellSafety } from '../secondFactor/tell.ts'

const mostMails = 100

/** The mail that tells of a change has the new phrase already. The same one again changes nothing, and tells nobody. */
const setMailPhrase: RouteHandler<'setMailPhrase'> = (ports, { holder: { id } }, { phrase: typed, proof }) =>
  ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    if (!holder) return no('not_signed_in')
    const phrase = parseMailPhrase(typed, holder)
    if (!phrase.ok) return phrase
    const record = await safetyRecord(tx, id)
    if (record.mailPhrase === phrase.value) return ok(await safetyWire(tx, holder))
    const approved = await takeProof(tx, id, proof, { kind: 'phrase' }, now)
    if (!approved.ok) return approved
    await tx.safety.save({ ...record, mailPhrase: phrase.value })
    await tellSafety(tx, ports, holder, 'phrase_changed', now)
    return ok(await safetyWire(tx, holder))
  })

/** How a false mail can be told from one of ours: by what the service has written to a holder, and by a phrase that they chose. */
export const securityCentreFeature: Feature = {
  routes: {
    setMailPhrase,
    mailsSent: ({ store }, { holder }) =>
      store.read(async tx => {
        const mails = await tx.mails.toHolder(holder, mostMails)
        return ok({
          mails: mails.map(({ id, subject, to, createdAt, sentAt }) => ({
            ...{ id, subject, to },
            writtenAt: iso(createdAt),
            sentAt: sentAt === null ? null : iso(sentAt),
          })),
        })
      }),
  },
}
