import { type Amount, parseDecimal, withoutLastZeros } from '../../money/amount.ts'
import { currencies, isCurrencyCode } from '../../money/currencies/index.ts'
import { type Problem, problem } from './problems.ts'
import { find, textAt, type XmlNode } from './xml.ts'

type AmountProblem = Problem<
  'amount_missing' | 'amount_malformed' | 'amount_negative' | 'too_many_decimals' | 'currency_missing' | 'currency_unknown'
>
export type ReadAmount = { readonly ok: true; readonly value: Amount } | { readonly ok: false; readonly problem: AmountProblem }

/** xs:decimal, whose point needs no digits on one of its sides. */
const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/
const failed = (code: AmountProblem['code'], detail: AmountProblem['detail']): ReadAmount => ({ ok: false, problem: problem(code, detail) })

/** Reads `<Amt Ccy="EUR">24.90</Amt>` exactly. Never negative: in ISO 20022 the indicator beside it tells the direction. */
export function readAmount(node: XmlNode | undefined): ReadAmount {
  if (!node || node.text === '') return failed('amount_missing', {})
  const currency = node.attributes.Ccy ?? ''
  if (currency === '') return failed('currency_missing', { amount: node.text })
  if (!isCurrencyCode(currency)) return failed('currency_unknown', { amount: node.text, currency })
  const said = { amount: node.text, currency }
  const parts = decimal.exec(node.text)
  const [, sign = '', whole = '', fraction = ''] = parts ?? []
  if (!parts || whole + fraction === '') return failed('amount_malformed', said)
  if (sign === '-' && /[1-9]/.test(whole + fraction)) return failed('amount_negative', said)
  const significant = withoutLastZeros(fraction)
  if (significant.length > currencies[currency].digits) return failed('too_many_decimals', said)
  const value = parseDecimal(currency, `${whole || '0'}${significant && `.${significant}`}`)
  return value ? { ok: true, value } : failed('amount_malformed', said)
}

/** `CRDT` or `DBIT`, else undefined. A reversal indicator does not turn it round: the direction is that of the booking itself. */
export function readDirection(node: XmlNode | undefined): 'credit' | 'debit' | undefined {
  const said = textAt(node, 'CdtDbtInd')
  return said === 'CRDT' ? 'credit' : said === 'DBIT' ? 'debit' : undefined
}

/** The day of a `<Dt>` or `<DtTm>`, as written there; '' where there is none. */
export const readDay = (node: XmlNode | undefined): string => /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.exec(textAt(node, 'Dt', 'DtTm'))?.[0] ?? ''

/** `true` or `1`, as xs:boolean has it. */
export const isTrue = (node: XmlNode | undefined, path: string): boolean => ['true', '1'].includes(find(node, path)?.text ?? '')
