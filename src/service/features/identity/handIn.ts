import { parseCountry } from '#core/account/person.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import { isSamePerson, parseDetails } from '#core/identity/details.ts'
import { readMrz } from '#core/identity/mrz.ts'
import type { Screened } from '#core/identity/sanctions/screen.ts'
import { handIn, startAgain } from '#core/identity/step.ts'
import type { IdentityStep } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { CommandHandler, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { countries } from '../account/lists.ts'
import { keepFrom } from './documents.ts'
import { type Contents, changeStep, type Known, readSteps, stepWire } from './steps.ts'

type Handed = { readonly hits: readonly Screened[]; readonly needsReview: boolean; readonly revision: number }

/** Changes the step by what was handed in, and answers it. */
async function hand<S extends IdentityStep>(
  tx: Tx,
  ports: ServicePorts,
  { holder, known, step, content }: { readonly holder: Holder; readonly known: Known; readonly step: S; readonly content: Contents[S] },
  { hits, needsReview, revision }: Handed,
  now: Instant,
): Promise<Outcome<Known>> {
  const to = needsReview ? ({ state: 'in_review', hits } as const) : ({ state: 'verified', endsOn: null } as const)
  const next = handIn(known.steps, step, revision, to, now)
  if (!next.ok) return next
  return ok(await changeStep(tx, ports, { holder, known, next: next.value, content, by: `holder:${holder.id}`, act: 'handed_in' }, now))
}

/** Typed details are believed until a document is seen, unless somebody on the sanctions list is called alike: then a person looks first. */
export const handInDetails: CommandHandler<'identity.details'> = async (tx, holder, { body, now }, ports) => {
  const details = parseDetails(body.details, await countries(), now)
  if (!details.ok) return details
  const known = await readSteps(tx, holder.id)
  const hits = ports.sanctions.screen([details.value.name, details.value.latinName])
  const content = { details: details.value }
  const handed = { hits, needsReview: hits.length > 0, revision: body.revision }
  const done = await hand(tx, ports, { holder, known, step: 'details', content }, handed, now)
  if (!done.ok) return done
  const before = known.contents.details
  if (!before || isSamePerson(before.details, details.value)) return ok({ step: stepWire(done.value.steps.details) })
  // What was checked of the person before says nothing of this one.
  let after = done.value
  for (const step of ['document', 'financial'] as const) {
    const next = startAgain(after.steps[step], now)
    if (!next) continue
    after = await changeStep(tx, ports, { holder, known: after, next, by: `holder:${holder.id}`, act: 'handed_in' }, now)
    await keepFrom(tx, ports, holder.id, after.contents[step]?.files ?? [], now)
  }
  return ok({ step: stepWire(after.steps.details) })
}

/** The files of a step, handed in with it. Declines: documents_missing, not_found. */
async function takeFiles(tx: Tx, holderId: string, step: IdentityStep, files: readonly string[]): Promise<Outcome<readonly string[]>> {
  if (files.length === 0) return no('documents_missing')
  for (const address of files) if ((await tx.documents.find(holderId, address))?.step !== step) return no('not_found')
  return ok([...new Set(files)])
}

async function keepFiles(tx: Tx, holderId: string, files: readonly string[]): Promise<void> {
  for (const address of files) await tx.documents.change({ holderId, address, state: 'handed_in', keptUntil: null })
}

const documentNumber = /^[A-Za-z0-9][A-Za-z0-9 ./-]{3,29}$/

export const handInDocument: CommandHandler<'identity.document'> = async (tx, holder, { body, now }, ports) => {
  const { document, revision } = body
  const country = parseCountry(document.country, await countries())
  if (!country.ok) return country
  if (!documentNumber.test(document.number.trim())) return no('document_number_invalid')
  if (document.endsOn !== null && document.endsOn < iso(now).slice(0, 10)) return no('document_ended')
  const read = document.mrz.trim() === '' ? undefined : readMrz(document.mrz, now)
  if (read && !read.ok) return read
  const files = await takeFiles(tx, holder.id, 'document', body.files)
  if (!files.ok) return files
  const known = await readSteps(tx, holder.id)
  const hits = read ? ports.sanctions.screen([`${read.value.givenNames} ${read.value.surname}`]) : []
  const content = { document: { ...document, number: document.number.trim(), mrz: document.mrz.trim() }, files: files.value }
  const done = await hand(tx, ports, { holder, known, step: 'document', content }, { hits, needsReview: true, revision }, now)
  if (!done.ok) return done
  await keepFiles(tx, holder.id, files.value)
  return ok({ step: stepWire(done.value.steps.document) })
}

export const handInFinancial: CommandHandler<'identity.financial'> = async (tx, holder, { body, now }, ports) => {
  const files = await takeFiles(tx, holder.id, 'financial', body.files)
  if (!files.ok) return files
  const known = await readSteps(tx, holder.id)
  const content = { financial: body.financial, files: files.value }
  const handed = { hits: [], needsReview: true, revision: body.revision }
  const done = await hand(tx, ports, { holder, known, step: 'financial', content }, handed, now)
  if (!done.ok) return done
  await keepFiles(tx, holder.id, files.value)
  return ok({ step: stepWire(done.value.steps.financial) })
}
