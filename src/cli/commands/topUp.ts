import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import type { Command } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { pairs } from '../table.ts'

const inFours = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ')

export const topUp: Command = {
  usage: 'top-up CURRENCY AMOUNT',
  about: 'cli.about.topUp',
  options: {},
  words: [2, 2],
  needsWallet: true,
  async run(terminal, [code = '', value = '']) {
    const { locale, say } = terminal
    const currency = code.toUpperCase()
    const amount = isCurrencyCode(currency) ? parseDecimal(currency, value) : undefined
    if (amount === undefined || amount.minor <= 0n) throw new WrongUse(say('cli.wrong.amount', { amount: `${code} ${value}` }))
    const made = await terminal.call('topUps.create', {
      id: terminal.makeId(),
      amount: { currency: amount.currency, value: toDecimal(amount) },
    })
    if (terminal.isJson) return terminal.print(jsonText(made))
    const { instructions } = made
    terminal.print(
      pairs([
        [say('cli.topUp.amount'), formatAmount(locale, made.amount, { unit: 'code' })],
        [say('cli.topUp.to'), instructions.accountHolder],
        [say('cli.topUp.account'), inFours(instructions.account)],
        [say('cli.topUp.bank'), `${instructions.bankName} ${instructions.bic}`.trim()],
        [say('cli.topUp.reference'), inFours(made.reference)],
        [say('cli.topUp.fee'), formatAmount(locale, made.fee, { unit: 'code' })],
        [say('cli.topUp.expected'), formatMoment(locale, made.expectedBy, terminal.now())],
      ]),
    )
    terminal.print(say('cli.topUp.next'))
  },
}
