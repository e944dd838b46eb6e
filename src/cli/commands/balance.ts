import { currencyName, formatAmount } from '#locales/amounts.ts'
import { formatCalendarDay } from '#locales/dates.ts'
import type { Command } from '../command.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const isZero = (value: string) => !/[1-9]/.test(value)

export const balance: Command = {
  usage: 'balance [--all]',
  about: 'cli.about.balance',
  options: { all: { type: 'boolean' } },
  words: [0, 0],
  needsWallet: true,
  async run(terminal, _words, values) {
    const overview = await terminal.call('balances.overview', {})
    if (terminal.isJson) return terminal.print(jsonText(overview))
    const { locale, say } = terminal
    const shown = overview.balances.filter(row => values['all'] === true || !isZero(row.posted.value) || !isZero(row.held.value))
    const rows = shown.map(row => [
      row.posted.currency,
      currencyName(locale, row.posted.currency),
      ...[row.posted, row.held, row.available].map(amount => formatAmount(locale, amount, { unit: 'none' })),
    ])
    const right = (title: string) => ({ title, align: 'right' }) as const
    const left = (title: string) => ({ title, align: 'left' }) as const
    if (rows.length === 0) terminal.print(say('cli.balance.empty'))
    else {
      const columns = [
        left(''),
        left(say('cli.balance.currency')),
        right(say('cli.balance.posted')),
        right(say('cli.balance.held')),
        right(say('cli.balance.available')),
      ]
      terminal.print(table(columns, rows))
    }
    const { amount, rates, excluded } = overview.total
    terminal.print(
      say('cli.balance.total', {
        amount: formatAmount(locale, amount, { unit: 'code' }),
        on: formatCalendarDay(locale, rates.on, terminal.now()),
      }),
    )
    if (excluded.length > 0) terminal.print(say('cli.balance.excluded', { currencies: excluded.join(', ') }))
  },
}
