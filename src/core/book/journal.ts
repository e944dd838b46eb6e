import { plain } from '../exports/hledger.ts'
import { utcInstant } from '../exports/localTime.ts'
import type { AccountId } from '../ledger/account.ts'
import type { Posting } from '../ledger/command.ts'
import { toDecimal } from '../money/amount.ts'
import { type CurrencyCode, currencies, currencyCodes } from '../money/currencies/index.ts'
import { accountName, openingBalances } from './accountName.ts'
import { bookDays, utcDay } from './days.ts'
import type { BookFormat, BookFrame, BookWriter } from './format.ts'

/** Declared, so that Ledger's pedantic check knows them. */
const tagNames = ['id', 'kind', 'subject', 'effective', 'recorded', 'reverses', 'version'] as const
type Tags = Readonly<Partial<Record<(typeof tagNames)[number], string>>>

const amountOf = (currency: CurrencyCode, minor: bigint): string => `${currency} ${toDecimal({ currency, minor })}`

/** One leg, from the operator's side, where a debit is above zero; it asserts the balance that it leaves. */
function legLine(account: AccountId, minor: bigint, after: bigint, tags: string): string {
  const { name, currency } = accountName(account)
  return `    ${name}  ${amountOf(currency, -minor)} = ${amountOf(currency, -after)}${tags}\n`
}

function opening(day: string, account: AccountId, posted: bigint): string {
  const { currency } = accountName(account)
  return `${day} * opening balance\n${legLine(account, posted, posted, '')}    ${openingBalances}  ${amountOf(currency, posted)}\n\n`
}

function posted(day: string, { id, kind, subject, effectiveAt, recordedAt, reverses, legs }: Posting): string {
  const tags: Tags = {
    id,
    kind,
    subject,
    effective: utcInstant(effectiveAt),
    recorded: utcInstant(recordedAt),
    ...(reverses === null ? {} : { reverses }),
  }
  const said = Object.entries(tags).map(([name, value]) => `    ; ${name}: ${plain(value)}\n`)
  const lines = legs.map(leg => legLine(leg.account, leg.minor, leg.after, `  ; version: ${leg.version}`))
  return `${day}=${utcDay(effectiveAt)} * ${kind}\n${said.join('')}${lines.join('')}\n`
}

/**
 * The journal that hledger and Ledger share, but for how each declares a commodity. The day is that of recording, in the order of the book, with the
 * day on which it counts as the second date; every leg asserts the balance that it leaves.
 */
export function journal(commodity: (currency: CurrencyCode, sample: string) => string): BookFormat {
  const sampleOf = (currency: CurrencyCode) => `${currency} 1000.${'0'.repeat(currencies[currency].digits)}`
  const writer = (frame: BookFrame): BookWriter => {
    const days = bookDays(frame.from)
    return {
      begin: () =>
        [
          `; OKPAY: the book of the service, ${frame.from === null ? 'from its first day' : `from ${utcDay(frame.from)}`}${frame.until === null ? '' : ` before ${utcDay(frame.until)}`}`,
          `; made ${utcInstant(frame.madeAt)}; days are UTC; a debit is above zero`,
          '',
          ...currencyCodes.map(currency => commodity(currency, sampleOf(currency))),
          '',
          ...tagNames.map(name => `tag ${name}`),
          '',
          `account ${openingBalances}`,
          '',
        ].join('\n'),
      account: id => `account ${accountName(id).name}\n`,
      opening: ({ account, posted: balance }) => opening(days.of(frame.from ?? 0), account, balance),
      posting: entry => posted(days.of(entry.recordedAt), entry),
      closing: () => '',
    }
  }
  return { writer }
}
