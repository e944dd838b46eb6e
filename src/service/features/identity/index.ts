import { ok } from '#core/failure/outcome.ts'
import { runOut } from '#core/identity/step.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { IdentityRecord } from '#storage/identityRepositories.ts'
import type { Feature, ServicePorts } from '../../ports.ts'
import { inRounds } from '../../rounds.ts'
import { iso } from '../../wires.ts'
import { countries, threeLetters } from '../account/lists.ts'
import { addDocument, documentPage, removeDocument } from './documents.ts'
import { handInDetails, handInDocument, handInFinancial } from './handIn.ts'
import { identityWire } from './identityWire.ts'
import { answerIdentity, identityOf, identityPage, identityQueue } from './review.ts'
import { changeStep, readSteps } from './steps.ts'

const hourMs = 3_600_000
const atOnce = 50

async function endStep(ports: ServicePorts, { holderId, step }: IdentityRecord, now: Instant): Promise<void> {
  await ports.store.write(async tx => {
    const holder = await tx.holders.find(holderId)
    const known = await readSteps(tx, holderId)
    const next = runOut(known.steps[step], iso(now).slice(0, 10), now)
    if (holder && next) await changeStep(tx, ports, { holder, known, next, by: 'service', act: 'ran_out' }, now)
  })
}

/** Documents whose last day has passed count no more, and files whose time is over are deleted. */
export async function tidyIdentities(ports: ServicePorts): Promise<void> {
  const now = ports.clock()
  for (;;) {
    const ended = await ports.store.read(tx => tx.identities.ended(iso(now).slice(0, 10), atOnce))
    for (const record of ended) await endStep(ports, record, now)
    if (ended.length < atOnce) break
  }
  for (;;) {
    const overdue = await ports.store.read(tx => tx.documents.overdue(now, atOnce))
    for (const { holderId, address } of overdue)
      await ports.store.write(async tx => {
        if (!(await tx.holders.find(holderId)) || !(await tx.documents.find(holderId, address))) return
        await tx.documents.remove(holderId, address)
        const detail = { holder: holderId }
        await tx.audit.append({ at: now, by: 'service', act: 'document.deleted', object: `document:${address}`, detail })
      })
    if (overdue.length < atOnce) break
  }
}

/** Who people are: what they type, the documents they show, and what an operator answers. */
export const identityFeature: Feature = {
  routes: {
    identity: (ports, { holder }) => ports.store.read(async tx => ok(await identityWire(tx, holder, ports.clock()))),
    ...{ addDocument, removeDocument, documentPage, identityQueue, identityOf, identityPage, answerIdentity },
  },
  commands: {
    'identity.details': handInDetails,
    'identity.document': handInDocument,
    'identity.financial': handInFinancial,
  },
  work: ports => {
    // Read before the first transaction asks for them.
    void Promise.all([countries(), threeLetters()])
    return inRounds(ports, { event: 'identities_not_tidied', everyMs: hourMs, firstAfterMs: 60_000 }, () => tidyIdentities(ports))
  },
}
