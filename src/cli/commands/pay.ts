import { setTimeout as wait } from 'node:timers/promises'
import type { Slip } from '#contracts/bridge/money.ts'
import type { Payment } from '#contracts/wire/shapes.ts'
import { declineCodes } from '#core/failure/declines.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatMoment } from '#locales/dates.ts'
import { sayRiskReason } from '#locales/risks.ts'
import type { Command, Terminal } from '../command.ts'
import { approve } from '../factor.ts'
import { NotDone, Refusal } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { pairs } from '../table.ts'

const pollMs = 200
const patienceMs = 20_000

function slipText({ locale, say, now }: Terminal, slip: Slip): string {
  const lines = slip.order.lines.map(({ title, quantity, amount }) => [`  ${title} × ${quantity}`, formatAmount(locale, amount)] as const)
  const after = slip.balanceAfter ? [[say('cli.pay.after'), formatAmount(locale, slip.balanceAfter, { unit: 'code' })] as const] : []
  return pairs([
    [say('cli.pay.payee'), slip.order.shop.name],
    [say('cli.pay.order'), slip.order.shopReference],
    ...lines,
    [say('cli.pay.amount'), formatAmount(locale, slip.amount, { unit: 'code' })],
    [say('cli.pay.fee'), formatAmount(locale, slip.fee, { unit: 'code' })],
    [say('cli.pay.total'), formatAmount(locale, slip.total, { unit: 'code' })],
    ...after,
    [say('cli.pay.expires'), formatMoment(locale, slip.order.expiresAt, now())],
  ])
}

/** Why it looks unusual, and what that means; nothing where it does not. */
function riskText({ locale, say }: Terminal, { risk }: Slip): string[] {
  if (!risk) return []
  return [say(`risk.slip_${risk.decision}`), ...risk.reasons.map(reason => `  - ${plain(sayRiskReason(locale, reason))}`)]
}

/** Throws the decline as the wallet would have said it. */
function refuse(decline: { code: string; detail: Record<string, string> }): never {
  const code = declineCodes.find(known => known === decline.code) ?? 'not_allowed'
  throw new Refusal({ ok: false, kind: 'decline', code, detail: decline.detail })
}

/** Waits for the service's answer; a payment that stays pending is kept and sent by the wallet later. One that is held waits for a person, maybe for days. */
async function settle(terminal: Terminal, first: Payment): Promise<Payment> {
  let payment = first
  for (let waited = 0; payment.state === 'pending' && waited < patienceMs; waited += pollMs) {
    await wait(pollMs)
    payment = await terminal.call('payments.get', { id: payment.id })
  }
  return payment
}

export const pay: Command = {
  usage: 'pay LINK|CODE [--yes]',
  about: 'cli.about.pay',
  options: { yes: { type: 'boolean', short: 'y' } },
  words: [1, 1],
  needsWallet: true,
  async run(terminal, [text = ''], values) {
    const { locale, say } = terminal
    const slip = await terminal.call('payments.review', { text })
    if (!terminal.isJson) terminal.print([slipText(terminal, slip), ...riskText(terminal, slip)].join('\n'))
    if (slip.decline) refuse(slip.decline)
    const amount = formatAmount(locale, slip.total, { unit: 'code' })
    if (values['yes'] !== true && !/^(y|yes|是|好)$/i.test((await terminal.ask(say('cli.pay.confirm', { amount })))?.trim() ?? '')) {
      throw new NotDone(say('cli.pay.notPaid'))
    }
    const order = { orderCode: slip.order.code, total: slip.total, shopId: slip.order.shop.id }
    const id = terminal.makeId()
    if (slip.asksFactor) await approve(terminal, { kind: 'payment', commandId: id, ...order })
    const payment = await settle(terminal, await terminal.call('payments.confirm', { id, ...order }))
    if (terminal.isJson) terminal.print(jsonText(payment))
    if (payment.decline) refuse(payment.decline)
    if (payment.state === 'held') {
      if (!terminal.isJson) terminal.print(say('risk.waits', { amount, shop: plain(payment.order.shop.name) }))
      return
    }
    if (payment.state !== 'captured') throw new Refusal({ ok: false, kind: 'fault', code: 'service_offline', reference: payment.id })
    if (terminal.isJson) return
    const after = payment.balanceAfter ? formatAmount(locale, payment.balanceAfter, { unit: 'code' }) : ''
    terminal.print(say('cli.pay.paid', { amount, shop: plain(payment.order.shop.name), after, id: payment.id }))
  },
}
