import { routes } from '#contracts/service/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import { sayRiskReason } from '#locales/risks.ts'
import type { RouteOutput } from '../ports.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { ask, type Desk, jsonBody } from './operatorCommands.ts'

type Queued = RouteOutput<'riskQueue'>['cases'][number]

const casePath = (id: string): string => `/v1/operator/risk/cases/${encodeURIComponent(id)}`

function tellCase(
  { say, locale, print }: Desk,
  { id, at, endsAt, email, shop, amount, score, needsTwo, approvedBy, answer }: Queued,
): void {
  const told = { id, at, email, shop, amount: formatAmount(locale, amount), score, endsAt: endsAt ?? 'none' }
  print(say('riskCase', { ...told, two: needsTwo ? 'yes' : 'no', approvedBy: approvedBy ?? 'none', answer: answer ?? 'none' }))
}

/** `okpay-service risk queue`: payments whose money is set aside until an operator decides. */
async function queue(desk: Desk): Promise<ExitCode> {
  let after = ''
  let seen = 0
  for (;;) {
    const { cases, next } = await ask(desk, 'riskQueue', `${routes.riskQueue.path}?${new URLSearchParams({ after })}`)
    seen += cases.length
    if (!desk.json) for (const one of cases) tellCase(desk, one)
    if (next === null) break
    after = next
  }
  if (seen === 0 && !desk.json) desk.print(desk.say('riskNothing'))
  return exitCodes.done
}

/** `okpay-service risk show ID`: all that was seen of it. */
async function show(desk: Desk, id: string): Promise<ExitCode> {
  const one = await ask(desk, 'riskCase', casePath(id))
  if (desk.json) return exitCodes.done
  const { say, locale, print } = desk
  tellCase(desk, one)
  const { state, ruleSet, country, localHour, device } = one
  print(
    say('riskSeen', {
      state,
      ruleSet,
      country: country ?? '-',
      hour: localHour,
      device: device.name,
      system: device.system,
      since: device.addedAt,
    }),
  )
  for (const reason of one.reasons) print(`  ${String(reason.points).padStart(3)}  ${sayRiskReason(locale, reason)}`)
  for (const { at, by, text } of one.notes) print(`  ${at}  ${by}: ${text.replaceAll('\n', '\n    ')}`)
  return exitCodes.done
}

async function decide(desk: Desk, id: string, approve: boolean): Promise<ExitCode> {
  const { state } = await ask(desk, 'riskDecide', `${casePath(id)}/decision`, jsonBody({ approve }))
  if (!desk.json) desk.print(desk.say('riskDecided', { id, state }))
  return exitCodes.done
}

async function note(desk: Desk, id: string, text: string): Promise<ExitCode> {
  const { notes } = await ask(desk, 'riskNote', `${casePath(id)}/notes`, jsonBody({ text }))
  if (!desk.json) desk.print(desk.say('riskNoted', { id, notes }))
  return exitCodes.done
}

/** `okpay-service risk shadow`: what the rule set in the shadow would change. */
async function shadow(desk: Desk): Promise<ExitCode> {
  const { say, print, json } = desk
  const counts = new Map<string, number>()
  for (let after = ''; ; ) {
    const page = await ask(desk, 'riskShadow', `${routes.riskShadow.path}?${new URLSearchParams({ after })}`)
    if (!json)
      for (const { payment, at, decision, shadowDecision, shadowScore } of page.differences) {
        const change = `${decision} -> ${shadowDecision}`
        counts.set(change, (counts.get(change) ?? 0) + 1)
        print([at, payment, change, String(shadowScore)].join('  '))
      }
    if (page.next === null) {
      if (!json)
        print(say('riskShadow', { active: page.active, shadow: page.shadow, count: [...counts.values()].reduce((a, b) => a + b, 0) }))
      break
    }
    after = page.next
  }
  for (const [change, count] of counts) print(`  ${change}: ${count}`)
  return exitCodes.done
}

async function use(desk: Desk, version: number, role: 'active' | 'shadow'): Promise<ExitCode> {
  const told = await ask(desk, 'riskUse', routes.riskUse.path, jsonBody({ version, role }))
  if (!desk.json) desk.print(desk.say('riskUsed', told))
  return exitCodes.done
}

/** The words after `okpay-service risk`; undefined where they are none of its commands. */
export function riskCommand(desk: Desk, [command, id = '', ...more]: readonly string[]): Promise<ExitCode> | undefined {
  const isAlone = id === '' && more.length === 0
  const isOne = id !== '' && more.length === 0
  if (command === 'queue' && isAlone) return queue(desk)
  if (command === 'shadow' && isAlone) return shadow(desk)
  if (command === 'show' && isOne) return show(desk, id)
  if ((command === 'approve' || command === 'refuse') && isOne) return decide(desk, id, command === 'approve')
  if (command === 'note' && more.length > 0) return note(desk, id, more.join(' '))
  if (command === 'use' && /^\d{1,6}$/.test(id) && (more.length === 0 || more.join() === 'shadow'))
    return use(desk, Number(id), more.length === 0 ? 'active' : 'shadow')
  return undefined
}
