import { summaryOf } from '#core/securityCentre/review.ts'
import { sayCheck, sumChecks } from '#locales/checks.ts'
import { formatMoment } from '#locales/dates.ts'
import type { Command, Terminal } from '../command.ts'
import { approve } from '../factor.ts'
import { Refusal, WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const left = (title: string) => ({ title, align: 'left' }) as const

/** As many as fit on a screen; all of them by `--json`. */
const mostShown = 10

async function show(terminal: Terminal): Promise<void> {
  const { locale, call, print, say, now } = terminal
  const { rows, limits } = await call('securityCentre.overview', {})
  print([say(`securityCentre.sum_${summaryOf(rows.map(({ state }) => state))}`), ...sumChecks(locale, rows)].join('\n'))
  const titles = ['checked', 'state', 'found', 'betterBy'] as const
  const columns = titles.map(title => left(say(`securityCentre.${title}`)))
  const words = rows.map(row => sayCheck(locale, row, limits, now()))
  print(
    table(
      columns,
      words.map(({ name, state, found, fix }) => [name, state, found, fix ?? '']),
    ),
  )
  const { events } = await call('devices.events', {})
  if (events.length > 0) {
    const lines = events
      .slice(0, mostShown)
      .map(({ at, what, device: { name } }) => [formatMoment(locale, at, now()), say(`devices.${what}`, { name })])
    print(table([left(say('securityCentre.at')), left(say('devices.events'))], lines))
  }
  const { mails } = await call('securityCentre.mails', {})
  print(say(mails.length === 0 ? 'securityCentre.mailsNone' : 'securityCentre.mailsSub'))
  if (mails.length === 0) return
  const lines = mails.slice(0, mostShown).map(({ writtenAt, subject }) => [formatMoment(locale, writtenAt, now()), subject])
  print(table([left(say('securityCentre.at')), left(say('securityCentre.mailSubject'))], lines))
}

/** Where a second factor is on, a code approves it. */
async function choosePhrase(terminal: Terminal, phrase: string): Promise<void> {
  const { call, isJson, print, say } = terminal
  const overview = await call('securityCentre.setPhrase', { phrase, proof: null }).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || error.failure.code !== 'second_factor_required') throw error
    return call('securityCentre.setPhrase', { phrase, proof: await approve(terminal, { kind: 'phrase' }) })
  })
  const kept = overview.rows.find(({ check }) => check === 'mail_phrase')?.name ?? ''
  print(isJson ? jsonText(overview) : say('securityCentre.phraseKept', { phrase: kept }))
}

/** The security centre: the same rows, events and mails that the window shows. */
export const security: Command = {
  usage: 'security [phrase TEXT]',
  about: 'cli.about.security',
  options: {},
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [act, phrase]) {
    if (act === 'phrase' && phrase !== undefined) return choosePhrase(terminal, phrase)
    if (act !== undefined) throw new WrongUse(terminal.say('cli.wrong.words', { usage: security.usage }))
    if (!terminal.isJson) return show(terminal)
    const { call, print } = terminal
    const { rows, limits } = await call('securityCentre.overview', {})
    const { events } = await call('devices.events', {})
    const { mails } = await call('securityCentre.mails', {})
    print(jsonText({ rows, limits, events, mails }))
  },
}
