import { type Amount, add, toDecimal, zero } from '../../money/amount.ts'
import type { CurrencyCode } from '../../money/currencies/index.ts'
import { problem, type StatementProblem } from './problems.ts'
import type { Balance, CurrencyTotal } from './statement.ts'

const sameBalance = (a: Balance, b: Balance): boolean => a.amount.minor === b.amount.minor

/**
 * The opening balance: OPBD of the first day, else PRCD (the closing one of the period before), else the first interim one of a paged or
 * intraday statement. The closing one: CLBD of the last day, else the last interim one. Available and forward balances prove nothing.
 */
function pick(balances: readonly Balance[], edge: 'opening' | 'closing') {
  const isFinal = (kind: string) => balances.filter(balance => balance.kind === kind && !balance.isInterim)
  const interim = balances.filter(balance => balance.kind === 'ITBD' || (balance.isInterim && /^(?:OP|CL)BD$/.test(balance.kind)))
  const kinds = edge === 'opening' ? [isFinal('OPBD'), isFinal('PRCD')] : [isFinal('CLBD')]
  const found = kinds.find(kind => kind.length > 0)
  if (!found) return { balance: edge === 'opening' ? interim[0] : interim.at(-1), contradicts: false }
  const days = found.map(balance => balance.on).sort()
  const day = edge === 'opening' ? days[0] : days.at(-1)
  const candidates = found.filter(balance => balance.on === day)
  const [balance] = candidates
  return { balance, contradicts: balance !== undefined && candidates.some(other => !sameBalance(other, balance)) }
}

const edges = (balances: readonly Balance[]) => {
  const opening = pick(balances, 'opening')
  const closing = pick(balances, 'closing')
  // One interim balance cannot be both ends: alone it proves nothing.
  const isOne = opening.balance !== undefined && opening.balance === closing.balance
  return { opening, closing: isOne ? { balance: undefined, contradicts: false } : closing }
}

/**
 * Proves opening + booked = closing, exactly, in each currency that the statement books or states a booked balance in.
 * @param booked the signed sum of the booked entries of each currency.
 */
export function audit(
  balances: readonly Balance[],
  booked: ReadonlyMap<CurrencyCode, Amount>,
): { readonly totals: readonly CurrencyTotal[]; readonly problems: readonly StatementProblem[] } {
  const proving = balances.filter(balance => /^(?:OPBD|PRCD|CLBD|ITBD)$/.test(balance.kind))
  if (proving.length === 0) return { totals: sums(booked), problems: [problem('no_balances')] }
  const problems: StatementProblem[] = []
  const totals: CurrencyTotal[] = []
  for (const currency of new Set([...proving.map(balance => balance.amount.currency), ...booked.keys()])) {
    const { opening, closing } = edges(proving.filter(balance => balance.amount.currency === currency))
    const total = {
      currency,
      opening: opening.balance?.amount,
      booked: booked.get(currency) ?? zero(currency),
      closing: closing.balance?.amount,
    }
    totals.push(total)
    if (opening.contradicts || closing.contradicts) problems.push(problem('balances_contradict', { currency }))
    if (!total.opening) problems.push(problem('opening_missing', { currency }))
    if (!total.closing) problems.push(problem('closing_missing', { currency }))
    if (!total.opening || !total.closing) continue
    const reached = add(total.opening, total.booked)
    if (reached.minor === total.closing.minor) continue
    const said = {
      opening: toDecimal(total.opening),
      booked: toDecimal(total.booked),
      reached: toDecimal(reached),
      closing: toDecimal(total.closing),
    }
    problems.push(problem('does_not_add_up', { currency, ...said }))
  }
  return { totals, problems }
}

const sums = (booked: ReadonlyMap<CurrencyCode, Amount>): readonly CurrencyTotal[] =>
  [...booked].map(([currency, sum]) => ({ currency, opening: undefined, booked: sum, closing: undefined }))
