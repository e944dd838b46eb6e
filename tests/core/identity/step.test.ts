import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUnList } from '#core/identity/sanctions/unList.ts'
import {
  answerStep,
  handIn,
  rejectCodes,
  runOut,
  type StepStanding,
  type Steps,
  startAgain,
  stepAtFirst,
  tierOfSteps,
} from '#core/identity/step.ts'
import { type IdentityStep, identitySteps, identityTiers } from '#core/identity/tier.ts'

const atFirst: Steps = { details: stepAtFirst('details'), document: stepAtFirst('document'), financial: stepAtFirst('financial') }
const verified = { state: 'verified', endsOn: null } as const
const inReview = { state: 'in_review', hits: [] } as const
const codeOf = (outcome: ReturnType<typeof handIn>) => (outcome.ok ? outcome.value.state : outcome.decline.code)
const withStep = (steps: Steps, next: StepStanding): Steps => ({ ...steps, [next.step]: next })

describe('the steps of an identity', () => {
  it('come one after another, and what is looked at is not changed', () => {
    expect(codeOf(handIn(atFirst, 'document', 0, inReview, 1))).toBe('identity_step_later')
    const details = handIn(atFirst, 'details', 0, verified, 1)
    expect(details).toMatchObject({ ok: true, value: { revision: 1, state: 'verified', at: 1 } })
    if (!details.ok) return
    const known = withStep(atFirst, details.value)
    expect(tierOfSteps(known)).toBe('details')
    const document = handIn(known, 'document', 0, inReview, 2)
    if (!document.ok) throw new Error('the next step is open')
    const waiting = withStep(known, document.value)
    expect(codeOf(handIn(waiting, 'document', 1, inReview, 3))).toBe('identity_in_review')
    expect(codeOf(handIn(waiting, 'financial', 0, inReview, 3))).toBe('in_review')
  })
  it('are changed by who saw them as they are: the second of two devices is told', () => {
    expect(codeOf(handIn(withStep(atFirst, { ...atFirst.details, revision: 1 }), 'details', 0, verified, 1))).toBe('identity_changed')
    expect(codeOf(answerStep({ ...atFirst.details, ...inReview, revision: 2 }, 1, verified, 1))).toBe('identity_changed')
    expect(codeOf(answerStep(atFirst.details, 0, verified, 1))).toBe('identity_not_in_review')
  })
  it('a document runs out after its last day, and falls back when the person is said to be another', () => {
    const good = { ...atFirst.document, state: 'verified', endsOn: '2026-11-22' } as const
    expect(runOut(good, '2026-11-22', 5)).toBeUndefined()
    expect(runOut(good, '2026-11-23', 5)).toMatchObject({ state: 'expired', revision: 1 })
    expect(startAgain(good, 5)).toMatchObject({ state: 'needs_input' })
    expect(startAgain(atFirst.document, 5)).toBeUndefined()
  })
  it('whatever is asked in whatever order, a revision never goes back and a tier never stands on a gap', () => {
    const act = fc.record({
      step: fc.constantFrom(...identitySteps),
      what: fc.constantFrom('hand_in', 'approve', 'reject', 'ask', 'run_out', 'again'),
      stale: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), acts => {
        let steps = atFirst
        for (const { step, what, stale } of acts) {
          const now = steps[step]
          const revision = stale ? now.revision - 1 : now.revision
          const next = nextOf(steps, step, what, revision)
          if (next) {
            expect(next.revision).toBe(now.revision + 1)
            steps = withStep(steps, next)
          }
          const reached = identityTiers.indexOf(tierOfSteps(steps))
          expect(identitySteps.slice(0, reached).every(one => steps[one].state === 'verified')).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function nextOf(steps: Steps, step: IdentityStep, what: string, revision: number): StepStanding | undefined {
  const now = steps[step]
  if (what === 'run_out') return runOut(now, '2026-11-22', 9)
  if (what === 'again') return startAgain(now, 9)
  const answers = {
    approve: { state: 'verified', endsOn: '2026-01-01' },
    reject: { state: 'rejected', code: rejectCodes[0], sentence: '' },
    ask: { state: 'needs_input', asked: 'more' },
  } as const
  const outcome =
    what === 'approve' || what === 'reject' || what === 'ask'
      ? answerStep(now, revision, answers[what], 9)
      : handIn(steps, step, revision, inReview, 9)
  return outcome.ok ? outcome.value : undefined
}

describe('the consolidated list of the United Nations', () => {
  const list = (inside: string) =>
    `<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-11-01T00:00:00Z"><INDIVIDUALS>${inside}</INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>A FIRM</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>`
  const person = `<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>IVAN</FIRST_NAME><SECOND_NAME>PETROV</SECOND_NAME><REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Vanya P; Ivan the &lt;Tall&gt;</ALIAS_NAME></INDIVIDUAL_ALIAS><NAME_ORIGINAL_SCRIPT>Иван Петров</NAME_ORIGINAL_SCRIPT>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><FROM_YEAR>1968</FROM_YEAR><TO_YEAR>1970</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>`
  it('tells persons with their aliases, original script and years', () => {
    expect(readUnList(list(person))).toEqual({
      madeOn: '2026-11-01',
      persons: [
        {
          reference: 'TSi.001',
          names: ['IVAN PETROV', 'Иван Петров', 'Vanya P', 'Ivan the <Tall>'],
          bornIn: ['1970', '1968', '1969'],
        },
      ],
    })
  })
  it.each([
    ['nobody', list('')],
    ['no XML', 'name,born'],
    ['cut off', list(person).slice(0, -200)],
    ['entities of its own', list(person).replace('<CONS', '<!DOCTYPE x [<!ENTITY a "b">]><CONS')],
    ['another document', list(person).replaceAll('CONSOLIDATED_LIST', 'sdnList')],
  ])('refuses a file with %s', (_, text) => expect(() => readUnList(text)).toThrow(TypeError))
  it('answers to any text', () => {
    fc.assert(
      fc.property(fc.nat(list(person).length), fc.string({ maxLength: 50 }), (cut, more) => {
        try {
          return readUnList(list(person).slice(0, cut) + more).persons.length > 0
        } catch (error) {
          return error instanceof TypeError
        }
      }),
      { numRuns: 200 },
    )
  })
})
