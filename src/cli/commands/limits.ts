import type { SplitView } from '#contracts/bridge/limits.ts'
import { limitKind, moneySource } from '#contracts/wire/shapes.ts'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { formatAmount } from '#locales/amounts.ts'
import { formatCalendarDay, formatMoment, formatZone } from '#locales/dates.ts'
import type { Command, Terminal } from '../command.ts'
import { approve } from '../factor.ts'
import { WrongUse } from '../failure.ts'
import { jsonText, plain } from '../safeText.ts'
import { table } from '../table.ts'

const usage =
  'limits [set KIND CURRENCY AMOUNT | raise KIND CURRENCY AMOUNT REASON [--source SOURCE] | zone [NAME] | split CODE [--keep] | plans | drop ID]'

async function show(terminal: Terminal): Promise<void> {
  const { call, isJson, locale, now, print, say } = terminal
  const overview = await call('limits.overview', {})
  if (isJson) return print(jsonText(overview))
  const titles = ['limits.kind', 'limits.amount', 'limits.usedColumn', 'limits.leftColumn', 'limits.freesColumn'] as const
  print(
    table(
      titles.map((key, index) => ({ title: say(key), align: index > 0 && index < 4 ? 'right' : 'left' })),
      overview.limits.map(({ kind, rail, amount, used, left, freesUpAt }) => [
        say(rail === 'crypto' ? `limits.crypto_${kind}` : `settings.limit_${kind}`),
        formatAmount(locale, amount),
        kind === 'per_payment' ? '' : formatAmount(locale, used),
        kind === 'per_payment' ? '' : formatAmount(locale, left),
        freesUpAt === null ? '' : formatMoment(locale, freesUpAt, now()),
      ]),
    ),
  )
  for (const { kind, waiting, requested } of overview.limits) {
    const name = say(`settings.limit_${kind}`)
    if (waiting)
      print(
        `${name}: ${say('limits.waiting', { amount: formatAmount(locale, waiting.amount), at: formatMoment(locale, waiting.at, now()) })}`,
      )
    if (requested) {
      const asked = { amount: formatAmount(locale, requested.amount), day: formatCalendarDay(locale, requested.at.slice(0, 10), now()) }
      print(`${name}: ${say('settings.requested', asked)}`)
    }
  }
  if (overview.timeZone !== '') print(say('limits.zone', { zone: formatZone(locale, overview.timeZone, now()) }))
}

/** What a person means by `per_day EUR 500`. */
function wishOf({ say }: Terminal, [kindText = '', code = '', value = '']: readonly string[]) {
  const kind = limitKind.safeParse(kindText)
  const currency = code.toUpperCase()
  const amount = isCurrencyCode(currency) ? parseDecimal(currency, value) : undefined
  if (!kind.success) throw new WrongUse(say('cli.wrong.words', { usage }))
  if (!amount || amount.minor <= 0n) throw new WrongUse(say('cli.wrong.amount', { amount: `${code} ${value}` }))
  return { kind: kind.data, amount: { currency: amount.currency, value: toDecimal(amount) } }
}

async function set(terminal: Terminal, words: readonly string[]): Promise<void> {
  const { call, isJson, locale, now, print, say, makeId } = terminal
  const done = await call('limits.set', { id: makeId(), ...wishOf(terminal, words) })
  if (isJson) return print(jsonText(done))
  const { amount, waiting } = done
  if (!waiting) return print(say('limits.setDone', { amount: formatAmount(locale, amount) }))
  print(say('limits.setWaits', { amount: formatAmount(locale, waiting.amount), at: formatMoment(locale, waiting.at, now()) }))
}

async function raise(terminal: Terminal, [kind, code, value, ...reason]: readonly string[], from: unknown): Promise<void> {
  const { call, isJson, print, say, makeId } = terminal
  const wish = wishOf(terminal, [kind ?? '', code ?? '', value ?? ''])
  const source = moneySource.optional().safeParse(from)
  if (reason.length === 0 || !source.success) throw new WrongUse(say('cli.wrong.words', { usage }))
  const id = makeId()
  const { appSince, mailSince } = await call('secondFactor.state', {})
  if (appSince !== null || mailSince !== null)
    await approve(terminal, { kind: 'limit', commandId: id, limit: wish.kind, amount: wish.amount })
  const text = { reason: reason.join(' '), ...(source.data === undefined ? {} : { source: source.data }) }
  const asked = await call('limits.askRaise', { id, ...wish, ...text })
  print(isJson ? jsonText(asked) : say('settings.raised'))
}

async function zone({ call, isJson, locale, now, print, say, makeId }: Terminal, name: string | undefined): Promise<void> {
  const timeZone = name ?? (await call('limits.overview', {})).here
  const moved = await call('limits.moveDay', { id: makeId(), timeZone })
  print(isJson ? jsonText(moved) : say('limits.zoneMoved', { here: formatZone(locale, timeZone, now()) }))
}

async function split(terminal: Terminal, orderCode: string, isKept: boolean): Promise<void> {
  const { call, isJson, locale, now, print, say, makeId } = terminal
  const plan = isKept ? await call('limits.keepSplit', { id: makeId(), orderCode }) : await call('limits.planSplit', { orderCode })
  if (isJson) return print(jsonText(plan))
  if (plan.parts.length === 0) return print(say('limits.splitNone'))
  for (const { on, amount } of plan.parts)
    print(`${formatCalendarDay(locale, on, now())}  ${formatAmount(locale, amount, { unit: 'code' })}`)
  print(say(isKept ? 'limits.splitKept' : 'limits.splitSub', { count: plan.parts.length }))
}

function planText({ locale, now, say }: Terminal, { id, shop, parts }: SplitView): string {
  const lines = parts.map(
    ({ on, amount, state }) =>
      `  ${formatCalendarDay(locale, on, now())}  ${formatAmount(locale, amount, { unit: 'code' })}  ${say(`limits.state_${state}`)}`,
  )
  return [`${plain(shop.name)}  ${id}`, ...lines].join('\n')
}

export const limits: Command = {
  usage,
  about: 'cli.about.limits',
  options: { source: { type: 'string' }, keep: { type: 'boolean' } },
  words: [0, 50],
  needsWallet: true,
  async run(terminal, [act, ...words], values) {
    const { call, isJson, print, say } = terminal
    const [first] = words
    if (act === undefined) return show(terminal)
    if (act === 'set' && words.length === 3) return set(terminal, words)
    if (act === 'raise' && words.length > 3) return raise(terminal, words, values['source'])
    if (act === 'zone' && words.length <= 1) return zone(terminal, first)
    if (act === 'split' && first !== undefined && words.length === 1) return split(terminal, first, values['keep'] === true)
    if (act === 'plans' && words.length === 0) {
      const { splits } = await call('limits.splits', {})
      if (isJson) return print(jsonText(splits))
      return print(splits.length === 0 ? say('limits.plansNone') : splits.map(one => planText(terminal, one)).join('\n'))
    }
    if (act === 'drop' && first !== undefined && words.length === 1) {
      const dropped = await call('limits.dropSplit', { id: first })
      return print(isJson ? jsonText(dropped) : say('limits.dropped'))
    }
    throw new WrongUse(say('cli.wrong.words', { usage }))
  },
}
