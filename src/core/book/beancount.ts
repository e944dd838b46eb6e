import { plain } from '../exports/hledger.ts'
import { utcInstant } from '../exports/localTime.ts'
import type { AccountId } from '../ledger/account.ts'
import type { Posting } from '../ledger/command.ts'
import { toDecimal } from '../money/amount.ts'
import { currencyCodes } from '../money/currencies/index.ts'
import { accountName, openingBalances } from './accountName.ts'
import { bookDays, utcDay } from './days.ts'
import type { BookFormat, BookFrame, BookWriter } from './format.ts'

/** Before any posting: an account must be open when money comes. */
const opened = '1970-01-01'

const quoted = (text: string): string => `"${plain(text).replaceAll('\\', '/').replaceAll('"', "'")}"`

/** From the operator's side, where a debit is above zero. */
function leg(account: AccountId, minor: bigint): string {
  const { name, currency } = accountName(account)
  return `${name}  ${toDecimal({ currency, minor: -minor })} ${currency}`
}

function opening(day: string, account: AccountId, posted: bigint): string {
  const { currency } = accountName(account)
  return `${day} * "opening balance"\n  ${leg(account, posted)}\n  ${openingBalances}  ${toDecimal({ currency, minor: posted })} ${currency}\n\n`
}

function posted(day: string, { id, kind, subject, effectiveAt, recordedAt, reverses, legs }: Posting): string {
  const tags = {
    id,
    kind,
    subject,
    effective: utcInstant(effectiveAt),
    recorded: utcInstant(recordedAt),
    ...(reverses === null ? {} : { reverses }),
  }
  const said = Object.entries(tags).map(([name, value]) => `  ${name}: ${quoted(value)}\n`)
  const lines = legs.map(({ account, minor, version }) => `  ${leg(account, minor)}\n    version: ${version}\n`)
  return `${day} * ${quoted(kind)}\n${said.join('')}${lines.join('')}\n`
}

function writer(frame: BookFrame): BookWriter {
  const days = bookDays(frame.from)
  return {
    begin: () =>
      [
        'option "title" "OKPAY: the book of the service"',
        `; made ${utcInstant(frame.madeAt)}; days are UTC and those of recording; a debit is above zero`,
        ...(frame.from === null ? [] : [`; from ${utcDay(frame.from)}`]),
        ...(frame.until === null ? [] : [`; before ${utcDay(frame.until)}`]),
        '',
        ...currencyCodes.map(currency => `${opened} commodity ${currency}`),
        `${opened} open ${openingBalances}`,
        '',
      ].join('\n'),
    account: id => {
      const { name, currency } = accountName(id)
      return `${opened} open ${name} ${currency}\n`
    },
    opening: ({ account, posted: balance }) => opening(days.of(frame.from ?? 0), account, balance),
    posting: entry => posted(days.of(entry.recordedAt), entry),
    closing: ({ account, posted: balance }) => `${days.after()} balance ${leg(account, balance)}\n`,
  }
}

/**
 * For Beancount 2 and 3 ("Language Syntax"). It counts with 28 significant digits (Python's decimal): a balance of more needs `decimal.getcontext().prec`
 * raised where it is read. The balances at the end are directives of their own, so that `bean-check` proves them.
 */
export const beancount: BookFormat = { writer }
