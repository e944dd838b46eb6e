import { type HistoryFilter, historyFilter, type Movement, movementKind, movementState } from '#contracts/bridge/history.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import type { Command, Terminal, Values } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { movements, shownReference } from '../movements.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const list = (value: string | boolean | undefined) => (typeof value === 'string' ? value.split(',') : undefined)

const [kinds, states] = [movementKind, movementState].map(of => of.options.join('|'))

/** How the command line calls the members of the filter. */
const optionOf: Readonly<Record<string, string>> = {
  ...{ currencies: 'currency', kinds: 'kind', states: 'state' },
  ...{ from: 'from', to: 'to', query: 'query' },
}

const wrongOption = ({ say }: Terminal, option: string): WrongUse => new WrongUse(say('cli.wrong.option', { option, usage: history.usage }))

/** Reads the filter of the command line; the wrong ones are named. */
function filterOf(terminal: Terminal, values: Values): HistoryFilter {
  const asked = {
    currencies: list(values['currency'])?.map(code => code.toUpperCase()),
    kinds: list(values['kind']),
    states: list(values['state']),
    from: values['from'],
    to: values['to'],
    query: values['query'],
  }
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const filter = historyFilter.safeParse(given)
  if (filter.success) return filter.data
  throw wrongOption(terminal, optionOf[String(filter.error.issues[0]?.path[0])] ?? '')
}

export const history: Command = {
  usage: `history [--query TEXT] [--currency EUR,CNY] [--kind ${kinds}] [--state ${states}] [--from 2026-11-01] [--to 2026-11-30] [--limit N]`,
  about: 'cli.about.history',
  options: {
    query: { type: 'string', short: 'q' },
    currency: { type: 'string' },
    kind: { type: 'string' },
    state: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string', short: 'n' },
  },
  words: [0, 0],
  needsWallet: true,
  async run(terminal, _words, values) {
    const { locale, say } = terminal
    const limit = values['limit'] === undefined ? 20 : Number(values['limit'])
    if (!Number.isSafeInteger(limit) || limit < 1) throw wrongOption(terminal, 'limit')
    const rows: Movement[] = []
    for await (const page of movements(terminal, filterOf(terminal, values), limit)) {
      if (terminal.isJson) for (const row of page) terminal.print(jsonText(row))
      else rows.push(...page)
    }
    if (terminal.isJson) return
    if (rows.length === 0) return terminal.print(say('cli.history.empty'))
    const columns = [
      { title: say('cli.history.at'), align: 'left' },
      { title: say('cli.history.what'), align: 'left' },
      { title: say('cli.history.reference'), align: 'left' },
      { title: say('cli.history.state'), align: 'left' },
      { title: say('cli.history.amount'), align: 'right' },
      { title: say('cli.history.after'), align: 'right' },
    ] as const
    const line = (row: Movement) => [
      formatMoment(locale, row.at, terminal.now()),
      row.title,
      shownReference(row),
      say(`cli.states.${row.state}`),
      formatAmount(locale, row.amount, { unit: 'code', plus: true }),
      row.balanceAfter ? formatAmount(locale, row.balanceAfter, { unit: 'none' }) : '',
    ]
    terminal.print(table(columns, rows.map(line)))
  },
}
