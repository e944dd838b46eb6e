import type { RiskAlertView } from '#contracts/bridge/risk.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import { sayRiskReason } from '#locales/risks.ts'
import type { Command, Terminal } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'

function lines({ locale, say, now }: Terminal, { id, state, amount, shop, device, at, endsAt, reasons, answer }: RiskAlertView): string[] {
  const moment = (instant: string) => formatMoment(locale, instant, now())
  const from = say('risk.from', { device: device.name, at: moment(at) })
  return [
    plain(say(`risk.title_${state}`, { amount: formatAmount(locale, amount), shop })),
    ...[from, ...(endsAt === null ? [] : [say('risk.until', { at: moment(endsAt) })])].map(line => `  ${plain(line)}`),
    ...reasons.map(reason => `  - ${plain(sayRiskReason(locale, reason))}`),
    ...(answer === null ? [] : [`  ${say(`cli.alerts.answered_${answer}`)}`]),
    `  ${id}`,
  ]
}

async function list(terminal: Terminal): Promise<void> {
  const { call, isJson, print, say } = terminal
  const { alerts: told } = await call('risk.alerts', {})
  if (isJson) print(jsonText(told))
  else print(told.length === 0 ? say('cli.alerts.none') : told.map(alert => lines(terminal, alert).join('\n')).join('\n\n'))
}

async function answer({ call, isJson, print, say, makeId }: Terminal, alertId: string, mine: boolean): Promise<void> {
  const answered = await call('risk.answer', { id: makeId(), alertId, mine })
  print(isJson ? jsonText(answered) : say(mine ? 'risk.thanks' : 'risk.stopped'))
}

/** Payments that looked unusual, with why; and whether they were the person's own. */
export const alerts: Command = {
  usage: 'alerts [me ID | not-me ID]',
  about: 'cli.about.alerts',
  options: {},
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [word, id]) {
    if (word === undefined) return list(terminal)
    if ((word === 'me' || word === 'not-me') && id !== undefined) return answer(terminal, id, word === 'me')
    throw new WrongUse(terminal.say('cli.wrong.words', { usage: alerts.usage }))
  },
}
