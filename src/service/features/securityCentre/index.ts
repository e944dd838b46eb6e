import { ok } from '#core/failure/outcome.ts'
import type { Feature } from '../../ports.ts'
import { iso } from '../../wires.ts'

const mostMails = 100

/** What the service has written to a holder: so a false mail can be told from one of ours. */
export const securityCentreFeature: Feature = {
  routes: {
    mailsSent: ({ store }, { holder }) =>
      store.read(async tx => {
        const mails = await tx.mails.toHolder(holder.id, mostMails)
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
