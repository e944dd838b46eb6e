import type { DocumentDetailsWire, FinancialDetailsWire, PersonDetailsWire, StepWire } from '#contracts/wire/identity.ts'
import type { AuditAct } from '#core/audit/acts.ts'
import type { Screened } from '#core/identity/sanctions/screen.ts'
import { type RejectCode, type StepStanding, type Steps, stepAtFirst, tierOfSteps } from '#core/identity/step.ts'
import type { IdentityStep } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { IdentityRecord } from '#storage/identityRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { limitsOf } from '../limit/limitsOf.ts'

/** What was handed in last at each step; `files` are the addresses of its documents. */
export type Contents = {
  readonly details: { readonly details: PersonDetailsWire }
  readonly document: { readonly document: DocumentDetailsWire; readonly files: readonly string[] }
  readonly financial: { readonly financial: FinancialDetailsWire; readonly files: readonly string[] }
}

/** The steps of a holder and what was handed in at them. */
export type Known = { readonly steps: Steps; readonly contents: { readonly [S in IdentityStep]: Contents[S] | null } }

type Kept = { readonly hits?: readonly Screened[]; readonly code?: RejectCode; readonly sentence?: string; readonly asked?: string }

function standingOf({ step, revision, state, at, endsOn, detail }: IdentityRecord): StepStanding {
  // Written below, and parsed by nobody else.
  const kept: Kept = JSON.parse(detail)
  const base = { step, revision, at }
  switch (state) {
    case 'needs_input':
      return { ...base, state, asked: kept.asked ?? '' }
    case 'in_review':
      return { ...base, state, hits: kept.hits ?? [] }
    case 'verified':
      return { ...base, state, endsOn }
    case 'rejected':
      return { ...base, state, code: kept.code ?? 'incomplete', sentence: kept.sentence ?? '' }
    case 'expired':
      return { ...base, state }
  }
}

function detailOf(standing: StepStanding): Kept {
  switch (standing.state) {
    case 'needs_input':
      return { asked: standing.asked }
    case 'in_review':
      return { hits: standing.hits }
    case 'rejected':
      return { code: standing.code, sentence: standing.sentence }
    case 'verified':
    case 'expired':
      return {}
  }
}

export async function readSteps(tx: Tx, holderId: string): Promise<Known> {
  const records = await tx.identities.steps(holderId)
  const recordOf = (step: IdentityStep) => records.find(record => record.step === step)
  const standing = (step: IdentityStep): StepStanding => {
    const record = recordOf(step)
    return record ? standingOf(record) : stepAtFirst(step)
  }
  const content = <S extends IdentityStep>(step: S): Contents[S] | null => JSON.parse(recordOf(step)?.content ?? 'null')
  return {
    steps: { details: standing('details'), document: standing('document'), financial: standing('financial') },
    contents: { details: content('details'), document: content('document'), financial: content('financial') },
  }
}

export const stepWire = (standing: StepStanding): StepWire => ({
  ...{ step: standing.step, revision: standing.revision, state: standing.state },
  at: standing.revision === 0 ? null : iso(standing.at),
  endsOn: standing.state === 'verified' ? standing.endsOn : null,
  sentence: standing.state === 'rejected' ? standing.sentence : standing.state === 'needs_input' ? standing.asked : '',
  code: standing.state === 'rejected' ? standing.code : null,
})

const acts = {
  handed_in: 'identity.handed_in',
  answered: 'identity.answered',
  ran_out: 'identity.ran_out',
} as const satisfies Record<string, AuditAct>

export type Change = {
  readonly holder: Holder
  readonly known: Known
  readonly next: StepStanding
  /** What was handed in, where that is what changed it. */
  readonly content?: Contents[IdentityStep]
  readonly by: string
  readonly act: keyof typeof acts
}

/** Keeps a step as it is now, and what it makes of the tier and the limits; with its line of the audit log, in the feed, and by mail. Answers what is known then. */
export async function changeStep(tx: Tx, ports: ServicePorts, change: Change, now: Instant): Promise<Known> {
  const { holder, known, next, by, act } = change
  const { step, revision, state, at } = next
  const content = change.content ?? known.contents[step]
  const endsOn = next.state === 'verified' ? next.endsOn : null
  const row = { holderId: holder.id, step, revision, state, at, endsOn }
  await tx.identities.save({ ...row, detail: JSON.stringify(detailOf(next)), content: JSON.stringify(content) })
  const steps = { ...known.steps, [step]: next }
  const tier = tierOfSteps(steps)
  const detail = { step, state, tier, ...(next.state === 'rejected' ? { code: next.code } : {}) }
  await tx.audit.append({ at: now, by, act: acts[act], object: `holder:${holder.id}`, detail })
  if (tier !== tierOfSteps(known.steps)) {
    await tx.holders.setTier(holder.id, tier)
    await appendFeed(tx, holder.id, { type: 'limits', limits: [...(await limitsOf(tx, { ...holder, tier }, now))] }, now)
  }
  await appendFeed(tx, holder.id, { type: 'identity' }, now)
  const { sentence, code } = stepWire(next)
  await enqueueMail(tx, ports, holder, { kind: 'identity', what: state, step, name: holder.name, code: code ?? '', sentence }, now)
  return { steps, contents: { ...known.contents, [step]: content } }
}
