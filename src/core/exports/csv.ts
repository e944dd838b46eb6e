import { toDecimal, zero } from '../money/amount.ts'
import type { CurrencyCode } from '../money/currencies/index.ts'
import type { StatementProofRow } from '../wallet/store.ts'
import type { ExportFormat, Statement, StatementLine, StatementWriter } from './format.ts'
import { localTime, utcInstant } from './localTime.ts'
import { csvColumns, titlesIn } from './titles.ts'

const special = /["\r\n,]/
const notPlain = /["\r\n,]|^[=+\-@\t＝＋－＠]/u
const startsFormula = /^[=+\-@\t\r＝＋－＠]/u

const quoted = (text: string): string => (special.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Free text: a spreadsheet would run what begins like a formula, so it gets an apostrophe in front. Amounts never pass here: a minus is a minus. */
export const csvText = (text: string): string => (notPlain.test(text) ? quoted(startsFormula.test(text) ? `'${text}` : text) : text)

const row = (fields: readonly string[]): string => `${fields.join(',')}\r\n`

function balanceRow(statement: Statement, proof: StatementProofRow, end: 'opening' | 'closing', at: number): string {
  const titles = titlesIn(statement.locale)
  const { date, time } = localTime(statement.timeZone)(at)
  const decimal = (minor: bigint) => toDecimal({ currency: proof.currency, minor })
  const { openingMinor, sumMinor, closingMinor, movements } = proof
  const said =
    end === 'closing' ? titles.proof(decimal(openingMinor), movements, decimal(sumMinor), decimal(closingMinor)) : statement.holder
  const balance = decimal(end === 'opening' ? openingMinor : closingMinor)
  return row([date, time, titles.kinds[end], '', csvText(said), '', '', proof.currency, '', balance, '', utcInstant(at)])
}

/** Each text is made once, for a small closed set of keys. */
function once<Key>(make: (key: Key) => string): (key: Key) => string {
  const made = new Map<Key, string>()
  return key => {
    const known = made.get(key)
    if (known !== undefined) return known
    const text = make(key)
    made.set(key, text)
    return text
  }
}

function writer(statement: Statement): StatementWriter {
  const titles = titlesIn(statement.locale)
  const local = localTime(statement.timeZone)
  const firstAt = statement.from ?? statement.madeAt
  const lastAt = statement.until === null ? statement.madeAt : statement.until - 1
  // Few long pieces and not many short ones: to join them is most of what a line costs.
  const kindAndState = once((kind: StatementLine['kind']) => `,${titles.kinds[kind]},${titles.done},`)
  const currencyAndNoFee = once((currency: CurrencyCode) => `,${currency},${toDecimal(zero(currency))},`)
  const line = ({ at, kind, title, reference, currency, minor, feeMinor, afterMinor, id }: StatementLine): string => {
    const { date, time } = local(at)
    const fee = feeMinor === 0n ? currencyAndNoFee(currency) : `,${currency},${toDecimal({ currency, minor: feeMinor })},`
    const texts = `${csvText(title)},${csvText(reference)}`
    return `${date},${time}${kindAndState(kind)}${texts},${toDecimal({ currency, minor })}${fee}${toDecimal({ currency, minor: afterMinor })},${id},${utcInstant(at)}\r\n`
  }
  return {
    begin: () => {
      const header = row(csvColumns.map(column => quoted(titles.columns[column])))
      return `\uFEFF${header}${statement.proof.map(proof => balanceRow(statement, proof, 'opening', firstAt)).join('')}`
    },
    line,
    end: () => statement.proof.map(proof => balanceRow(statement, proof, 'closing', lastAt)).join(''),
  }
}

/**
 * RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. Every row has the same columns; the balances before and after stand
 * as the first and the last rows of each currency, without an amount, so that the amounts of a currency add up to its movements.
 */
export const csv: ExportFormat = { extension: 'csv', mediaType: 'text/csv; charset=utf-8', writer }
