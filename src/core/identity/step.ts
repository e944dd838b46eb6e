import { no, type Outcome, ok } from '../failure/outcome.ts'
import type { Instant } from '../ledger/command.ts'
import type { Screened } from './sanctions/screen.ts'
import { type IdentityStep, type IdentityTier, identitySteps, tierOf } from './tier.ts'

/** Why an operator rejects what was handed in. Each has a sentence of its own in every locale, beside the operator's. */
export const rejectCodes = ['unreadable', 'expired', 'not_accepted', 'other_person', 'altered', 'incomplete', 'not_served'] as const
export type RejectCode = (typeof rejectCodes)[number]

/**
 * Where a step stands. `asked`: what an operator wrote when asking for more. `hits`: entries of the sanctions list whose names are like the person's.
 * `endsOn`: the last day on which the document is good (ISO 8601).
 */
export type StepState =
  | { readonly state: 'needs_input'; readonly asked: string }
  | { readonly state: 'in_review'; readonly hits: readonly Screened[] }
  | { readonly state: 'verified'; readonly endsOn: string | null }
  | { readonly state: 'rejected'; readonly code: RejectCode; readonly sentence: string }
  | { readonly state: 'expired' }

/** `revision` grows by one with each change; who changes a step names the one that they saw. `at`: when it came to this state. */
export type StepStanding = StepState & { readonly step: IdentityStep; readonly revision: number; readonly at: Instant }

export const stepAtFirst = (step: IdentityStep): StepStanding => ({ step, revision: 0, at: 0, state: 'needs_input', asked: '' })

const moved = ({ step, revision }: StepStanding, to: StepState, at: Instant): StepStanding => ({ ...to, step, revision: revision + 1, at })

/** Whether the step before this one was handed in and not sent back. */
const isOpen = (steps: Steps, step: IdentityStep): boolean => {
  const before = identitySteps[identitySteps.indexOf(step) - 1]
  return before === undefined || steps[before].state === 'verified' || steps[before].state === 'in_review'
}

export type Steps = Readonly<Record<IdentityStep, StepStanding>>

/**
 * Hands a step in. A step that is verified may be handed in anew, one that is looked at may not.
 * Declines, in this order: identity_changed (somebody, perhaps another device, changed it since `revision`), identity_in_review, identity_step_later.
 */
export function handIn(
  steps: Steps,
  step: IdentityStep,
  revision: number,
  to: Extract<StepState, { state: 'in_review' | 'verified' }>,
  at: Instant,
): Outcome<StepStanding> {
  const now = steps[step]
  if (now.revision !== revision) return no('identity_changed')
  if (now.state === 'in_review') return no('identity_in_review')
  if (!isOpen(steps, step)) return no('identity_step_later')
  return ok(moved(now, to, at))
}

/** An operator's answer to what is in review. Declines: identity_changed, identity_not_in_review. */
export function answerStep(
  now: StepStanding,
  revision: number,
  to: Extract<StepState, { state: 'verified' | 'rejected' | 'needs_input' }>,
  at: Instant,
): Outcome<StepStanding> {
  if (now.revision !== revision) return no('identity_changed')
  return now.state === 'in_review' ? ok(moved(now, to, at)) : no('identity_not_in_review')
}

/** A document that has run out; undefined while it is good on this day. */
export function runOut(now: StepStanding, today: string, at: Instant): StepStanding | undefined {
  return now.state === 'verified' && now.endsOn !== null && now.endsOn < today ? moved(now, { state: 'expired' }, at) : undefined
}

/** What becomes of a step when what it was checked against changes: it has to be handed in again. Undefined where nothing was. */
export const startAgain = (now: StepStanding, at: Instant): StepStanding | undefined =>
  now.state === 'verified' || now.state === 'in_review' ? moved(now, { state: 'needs_input', asked: '' }, at) : undefined

export const tierOfSteps = (steps: Steps): IdentityTier => tierOf(step => steps[step].state === 'verified')
