import { toDecimal } from '../money/amount.ts'
import { type CurrencyCode, currencies } from '../money/currencies/index.ts'
import type { ExportFormat, Statement, StatementLine, StatementWriter } from './format.ts'
import { localTime, utcInstant } from './localTime.ts'
import { titlesIn } from './titles.ts'

/** One line of plain text: no comment sign, no payee bar, no control character, no two spaces together (they would end an account's name). */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp};|]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 120)
    .trim()

/** A name as one part of an account: brackets would make it virtual, a colon would split it, and marks in front have their own meaning. */
const accountPart = (text: string): string => plain(text.replace(/[:()[\]{}"*!=@]/gu, ' ')) || 'unknown'

const description = (text: string): string => plain(text).replace(/^[!*(=\s]+/u, '') || '-'

const amountOf = (currency: CurrencyCode, minor: bigint): string => `${currency} ${toDecimal({ currency, minor })}`
const assets = (currency: CurrencyCode): string => `assets:okpay:${currency}`

function otherAccount({ kind, title }: StatementLine): string {
  switch (kind) {
    case 'payment':
      return `expenses:shop:${accountPart(title)}`
    case 'top_up':
      return 'equity:transfers:top-up'
    case 'fee':
      return 'expenses:fees:okpay'
    case 'reversal':
      return 'equity:reversals'
  }
}

function begin(statement: Statement): string {
  const titles = titlesIn(statement.locale)
  const { proof, from, until, madeAt, holder } = statement
  const decimal = (currency: CurrencyCode, minor: bigint) => toDecimal({ currency, minor })
  const period = `${titles.from} ${from === null ? titles.start : utcInstant(from)} ${titles.until} ${until === null ? titles.now : utcInstant(until)}`
  return [
    `; ${titles.statement}: ${plain(holder)}`,
    `; ${period}; ${titles.made} ${utcInstant(madeAt)}`,
    ...proof.map(
      ({ currency, openingMinor, movements, sumMinor, closingMinor }) =>
        `; ${currency}: ${titles.proof(decimal(currency, openingMinor), movements, decimal(currency, sumMinor), decimal(currency, closingMinor))}`,
    ),
    '',
    ...proof.map(({ currency }) => `commodity ${currency} 1000.${'0'.repeat(currencies[currency].digits)}`),
    '',
    '',
  ].join('\n')
}

function openingBalances({ proof, from }: Statement, date: string): string {
  const opened = proof.filter(({ openingMinor }) => openingMinor !== 0n)
  if (from === null || opened.length === 0) return ''
  const postings = opened.flatMap(({ currency, openingMinor }) => [
    `    ${assets(currency)}  ${amountOf(currency, openingMinor)} = ${amountOf(currency, openingMinor)}`,
    `    equity:opening balances  ${amountOf(currency, -openingMinor)}`,
  ])
  return `${date} * opening balances\n${postings.join('\n')}\n\n`
}

function writer(statement: Statement): StatementWriter {
  const local = localTime(statement.timeZone)
  const declared = new Set<string>()
  let latest = ''
  const declare = (accounts: readonly string[]): string =>
    accounts
      .filter(account => !declared.has(account))
      .map(account => {
        declared.add(account)
        return `account ${account}\n`
      })
      .join('')
  /** hledger checks balances in the order of dates, the book keeps the order of versions: where a clock once went back, the later date stands. */
  const dateOf = (at: number): string => {
    const { date } = local(at)
    latest = date > latest ? date : latest
    return latest
  }
  const line = (of: StatementLine): string => {
    const { at, currency, minor, afterMinor, title, reference, id, kind } = of
    const fee = kind === 'payment' || kind === 'top_up' ? of.feeMinor : 0n
    const code = accountPart(reference)
    const postings: readonly (readonly [account: string, text: string])[] = [
      [assets(currency), `${amountOf(currency, minor)} = ${amountOf(currency, afterMinor)}`],
      [otherAccount(of), amountOf(currency, -minor - fee)],
      ...(fee === 0n ? [] : [['expenses:fees:okpay', amountOf(currency, fee)] as const]),
    ]
    const head = `${dateOf(at)} * ${reference === '' ? '' : `(${code}) `}${description(title)}  ; id: ${plain(id)}, at: ${utcInstant(at)}`
    const body = postings.map(([account, text]) => `    ${account}  ${text}`).join('\n')
    return `${declare(postings.map(([account]) => account))}${head}\n${body}\n\n`
  }
  return {
    begin: () => {
      const opening = statement.from === null ? '' : openingBalances(statement, dateOf(statement.from))
      const accounts = opening === '' ? [] : ['equity:opening balances', ...statement.proof.map(({ currency }) => assets(currency))]
      return `${begin(statement)}${declare(accounts)}${opening}`
    },
    line,
    end: () => '',
  }
}

/** A journal for hledger 1.25 and later: full precision, commodities and accounts declared, and every line asserts the balance that it leaves. */
export const hledger: ExportFormat = { extension: 'journal', mediaType: 'text/plain; charset=utf-8', writer }
