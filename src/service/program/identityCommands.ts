import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { routes } from '#contracts/service/index.ts'
import { rejectCodes } from '#core/identity/step.ts'
import { identitySteps } from '#core/identity/tier.ts'
import { formatKnown } from '#locales/format.ts'
import type { RouteInput, RouteOutput } from '../ports.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { ask, type Desk, jsonBody } from './operatorCommands.ts'

type Shown = RouteOutput<'identityOf'>
type Answer = RouteInput<'answerIdentity'>['answer']

const pathOf = (email: string): string => `${routes.identityQueue.path}/${encodeURIComponent(email)}`
const word = ({ locale }: Desk, key: string): string => formatKnown(locale, `identity.${key}`) ?? key

async function queue(desk: Desk): Promise<ExitCode> {
  let after = ''
  let seen = 0
  for (;;) {
    const { waiting, next } = await ask(desk, 'identityQueue', `${routes.identityQueue.path}?${new URLSearchParams({ after })}`)
    seen += waiting.length
    if (!desk.json)
      for (const { since, email, step, hits } of waiting)
        desk.print([since, email, step, hits > 0 ? desk.say('identityHits', { hits }) : ''].join('  ').trimEnd())
    if (next === null) break
    after = next
  }
  if (seen === 0 && !desk.json) desk.print(desk.say('identityNone'))
  return exitCodes.done
}

/** What was typed, field by field; beside it what the zone of the document says where that differs. */
function printTyped(desk: Desk, { identity, hits, listMadeOn }: Shown): void {
  const { print, say } = desk
  const typed = { ...identity.financial, ...identity.document, ...identity.details }
  for (const [field, text] of Object.entries(typed)) {
    const read = identity.mismatches.find(one => one.field === field)?.read
    const told = String(text ?? '-').replaceAll('\n', '\n                  ')
    print(`  ${field.padEnd(14)}  ${told}${read === undefined ? '' : `  ${say('identityRead', { read })}`}`)
  }
  for (const { address, step, pages } of identity.files.filter(file => file.isHandedIn)) print(`  ${step}  ${address}  ${pages}`)
  for (const { reference, name, likeness, bornIn } of hits)
    print(say('identityHit', { reference, name, likeness, born: bornIn.join(' ') || '-' }))
  if (listMadeOn === null) print(say('identityNoList'))
}

async function show(desk: Desk, email: string): Promise<ExitCode> {
  const shown = await ask(desk, 'identityOf', pathOf(email))
  if (desk.json) return exitCodes.done
  desk.print(`${email}  ${word(desk, `tier_${shown.identity.tier}`)}`)
  for (const { step, state, at, code, sentence } of shown.identity.steps)
    desk.print([`  ${step}`, word(desk, `state_${state}`), at ?? '', code ?? '', sentence].join('  ').trimEnd())
  printTyped(desk, shown)
  return exitCodes.done
}

/** Writes the pages of what is in review into a folder that only its owner reads. */
async function pages(desk: Desk, email: string, folder: string): Promise<ExitCode> {
  const quiet = { ...desk, json: false }
  const { identity } = await ask(quiet, 'identityOf', pathOf(email))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const file of identity.files.filter(one => one.isHandedIn))
    for (let page = 0; page < file.pages; page += 1) {
      const { jpeg } = await ask(quiet, 'identityPage', `${pathOf(email)}/documents/${file.address}/pages/${page}`)
      const path = join(folder, `${file.step}-${file.address.slice(0, 8)}-${page + 1}.jpg`)
      writeFileSync(path, Buffer.from(jpeg, 'base64'), { mode: 0o600 })
      desk.print(path)
    }
  return exitCodes.done
}

async function answer(desk: Desk, email: string, named: string, given: Answer): Promise<ExitCode> {
  const step = identitySteps.find(known => known === named)
  if (!step) throw new Ending(exitCodes.wrongUse, desk.say('wrongUse', { what: named }))
  const { identity } = await ask({ ...desk, json: false }, 'identityOf', pathOf(email))
  const revision = identity.steps.find(one => one.step === step)?.revision ?? 0
  const after = await ask(desk, 'answerIdentity', `${pathOf(email)}/answers`, jsonBody({ step, revision, answer: given }))
  if (!desk.json) desk.print(desk.say('identityAnswered', { email, step, tier: word(desk, `tier_${after.tier}`) }))
  return exitCodes.done
}

/** `okpay-service identity ...`; undefined where it is none of them. */
export function identityCommands(desk: Desk, words: readonly string[]): Promise<ExitCode> | undefined {
  const [act, email = '', step = '', code = '', ...more] = words
  const count = words.length
  if (act === 'queue' && count === 1) return queue(desk)
  if (act === 'show' && count === 2) return show(desk, email)
  if (act === 'pages' && count === 3) return pages(desk, email, step)
  if (act === 'approve' && count === 3) return answer(desk, email, step, { what: 'approve' })
  if (act === 'ask' && count >= 4) return answer(desk, email, step, { what: 'ask', sentence: [code, ...more].join(' ') })
  const reason = rejectCodes.find(known => known === code)
  if (act === 'reject' && reason) return answer(desk, email, step, { what: 'reject', code: reason, sentence: more.join(' ') })
  return undefined
}
