import { parseEmail } from '#core/account/email.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { answerStep } from '#core/identity/step.ts'
import { type IdentityStep, identitySteps } from '#core/identity/tier.ts'
import type { IdentityRecord } from '#storage/identityRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { RouteHandler, RouteInput } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { keepFrom, pageFor } from './documents.ts'
import { identityWire } from './identityWire.ts'
import { changeStep, type Known, readSteps } from './steps.ts'

const pageRows = 100

async function holderByEmail(tx: Tx, text: string): Promise<Outcome<Holder>> {
  const email = parseEmail(text)
  const holder = email.ok ? await tx.holders.findByEmail(email.value.key) : undefined
  return holder ? ok(holder) : no('not_found')
}

const cursorOf = ({ at, holderId, step }: IdentityRecord): string => [at, holderId, step].join(' ')

function readCursor(text: string): Pick<IdentityRecord, 'at' | 'holderId' | 'step'> | null {
  const [at, holderId, word] = text.split(' ')
  const step = identitySteps.find(known => known === word)
  return step && holderId && /^\d{1,15}$/.test(at ?? '') ? { at: Number(at), holderId, step } : null
}

const hitsOf = ({ steps }: Known, step: IdentityStep) => {
  const standing = steps[step]
  return standing.state === 'in_review' ? standing.hits : []
}

export const identityQueue: RouteHandler<'identityQueue'> = (ports, _caller, { after }) =>
  ports.store.read(async tx => {
    const records = await tx.identities.waiting(readCursor(after), pageRows)
    const waiting = await Promise.all(
      records.map(async record => {
        const { holderId, step, at, revision } = record
        const email = (await tx.holders.find(holderId))?.email ?? ''
        const hits = hitsOf(await readSteps(tx, holderId), step).length
        return { holderId, email, step, since: iso(at), revision, hits }
      }),
    )
    const last = records.length < pageRows ? undefined : records.at(-1)
    return ok({ waiting, next: last ? cursorOf(last) : null })
  })

export const identityOf: RouteHandler<'identityOf'> = (ports, _caller, { email }) =>
  ports.store.read(async tx => {
    const holder = await holderByEmail(tx, email)
    if (!holder.ok) return holder
    const { id } = holder.value
    const known = await readSteps(tx, id)
    const hits = identitySteps.flatMap(step => hitsOf(known, step)).map(hit => ({ ...hit, bornIn: [...hit.bornIn] }))
    return ok({ holderId: id, identity: await identityWire(tx, holder.value, ports.clock()), hits, listMadeOn: ports.sanctions.madeOn })
  })

/** Only while something of the holder waits for an answer. */
export const identityPage: RouteHandler<'identityPage'> = (ports, { by }, { email, address, page }) =>
  ports.store.write(async tx => {
    const holder = await holderByEmail(tx, email)
    if (!holder.ok) return holder
    const { id } = holder.value
    const { steps } = await readSteps(tx, id)
    const isReviewed = identitySteps.some(step => steps[step].state === 'in_review')
    const document = await tx.documents.find(id, address)
    if (document?.state !== 'handed_in') return no('not_found')
    return isReviewed ? pageFor(tx, ports, { holderId: id, address, page, by }) : no('not_allowed')
  })

type Answer = RouteInput<'answerIdentity'>['answer']

const stateOf = (answer: Answer, endsOn: string | null) => {
  switch (answer.what) {
    case 'approve':
      return { state: 'verified', endsOn } as const
    case 'reject':
      return { state: 'rejected', code: answer.code, sentence: answer.sentence } as const
    case 'ask':
      return { state: 'needs_input', asked: answer.sentence } as const
  }
}

export const answerIdentity: RouteHandler<'answerIdentity'> = (ports, { by }, { email, step, revision, answer }) =>
  ports.store.write(async tx => {
    const found = await holderByEmail(tx, email)
    if (!found.ok) return found
    const holder = found.value
    const now = ports.clock()
    const known = await readSteps(tx, holder.id)
    const { document, financial } = known.contents
    const endsOn = step === 'document' ? (document?.document.endsOn ?? null) : null
    const next = answerStep(known.steps[step], revision, stateOf(answer, endsOn), now)
    if (!next.ok) return next
    await changeStep(tx, ports, { holder, known, next: next.value, by, act: 'answered' }, now)
    const files = step === 'document' ? document?.files : step === 'financial' ? financial?.files : undefined
    await keepFrom(tx, ports, holder.id, files ?? [], now)
    return ok(await identityWire(tx, holder, now))
  })
