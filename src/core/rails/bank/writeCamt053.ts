import { type Amount, add, toDecimal } from '../../money/amount.ts'
import { currencies } from '../../money/currencies/index.ts'
import { isIban } from '../iban.ts'
import { type CreditorReference, isReference } from '../reference.ts'
import type { Direction } from './statement.ts'

/** Days are "2026-11-22"; instants ISO 8601. Ids have at most 35 characters. */
export type EntryToWrite = {
  /** More than zero. */
  readonly amount: Amount
  readonly direction: Direction
  readonly bankReference: string
  readonly bookedOn: string
  readonly valueOn?: string
  readonly status?: 'booked' | 'pending'
  readonly isReversal?: boolean
  readonly endToEndId?: string
  readonly reference?: CreditorReference
  readonly text?: string
  readonly counterpartyName?: string
  readonly counterpartyIban?: string
}

export type StatementToWrite = {
  readonly messageId: string
  readonly statementId: string
  readonly createdAt: string
  readonly fromOn: string
  readonly toOn: string
  /** Or a local account number, where the account has no IBAN. */
  readonly iban: string
  readonly ownerName?: string
  readonly opening: Amount
  readonly entries: readonly EntryToWrite[]
}

/** Characters that XML 1.0 cannot carry at all, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(unwritable, ' ').replace(/[&<>"]/g, character => escapes[character] ?? '')

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')
const element = (name: string, ...content: readonly string[]): string => `<${name}>${content.join('')}</${name}>`
/** Nothing at all where there is no text: ISO 20022 has no empty texts. */
const text = (name: string, content: string | undefined, most = 35): string =>
  content?.trim() ? element(name, escaped(cut(content.trim(), most))) : ''

function id(name: string, content: string): string {
  if (content.trim() !== content || content === '' || [...content].length > 35) throw new TypeError(`${name} has 1 to 35 characters`)
  return element(name, escaped(content))
}

function money({ currency, minor }: Amount): string {
  if (currencies[currency].kind !== 'fiat') throw new TypeError(`a bank statement holds no ${currency}`)
  const magnitude = toDecimal({ currency, minor: minor < 0n ? -minor : minor })
  return `<Amt Ccy="${currency}">${magnitude}</Amt>${element('CdtDbtInd', minor < 0n ? 'DBIT' : 'CRDT')}`
}

const signed = ({ amount, direction }: EntryToWrite): Amount => (direction === 'credit' ? amount : { ...amount, minor: -amount.minor })

const balance = (kind: 'OPBD' | 'CLBD', amount: Amount, on: string): string =>
  element('Bal', element('Tp', element('CdOrPrtry', element('Cd', kind))), money(amount), element('Dt', element('Dt', on)))

function remittance({ reference, text: words }: EntryToWrite): string {
  if (reference !== undefined && !isReference(reference)) throw new TypeError('the reference is an ISO 11649 one')
  const type = element('Tp', element('CdOrPrtry', element('Cd', 'SCOR')))
  const structured = reference ? element('Strd', element('CdtrRefInf', type, element('Ref', reference))) : ''
  const unstructured = text('Ustrd', words, 140)
  return unstructured + structured && element('RmtInf', unstructured, structured)
}

function transaction(entry: EntryToWrite): string {
  const party = entry.direction === 'credit' ? 'Dbtr' : 'Cdtr'
  const name = text('Nm', entry.counterpartyName, 140)
  const account = entry.counterpartyIban ? element(`${party}Acct`, element('Id', element('IBAN', entry.counterpartyIban))) : ''
  const parties = (name && element(party, element('Pty', name))) + account
  return element(
    'TxDtls',
    element('Refs', id('EndToEndId', entry.endToEndId ?? 'NOTPROVIDED')),
    money(signed(entry)),
    parties && element('RltdPties', parties),
    remittance(entry),
  )
}

function entry(of: EntryToWrite): string {
  if (of.amount.minor <= 0n) throw new TypeError('an entry has an amount of more than zero')
  const family = element('Fmly', element('Cd', of.direction === 'credit' ? 'RCDT' : 'ICDT'), element('SubFmlyCd', 'ESCT'))
  return element(
    'Ntry',
    money(signed(of)),
    of.isReversal ? element('RvslInd', 'true') : '',
    element('Sts', element('Cd', of.status === 'pending' ? 'PDNG' : 'BOOK')),
    element('BookgDt', element('Dt', of.bookedOn)),
    element('ValDt', element('Dt', of.valueOn ?? of.bookedOn)),
    id('AcctSvcrRef', of.bankReference),
    element('BkTxCd', element('Domn', element('Cd', 'PMNT'), family)),
    element('NtryDtls', transaction(of)),
  )
}

/**
 * Writes a camt.053.001.08 statement, elements in the order of its schema. The closing balance is the opening one and the booked entries.
 * Texts are cut to what the schema allows; characters that XML cannot carry become blanks.
 * @throws TypeError where amounts are not in the currency of the opening balance, an entry is not above zero, or an id is too long.
 */
export function writeCamt053(statement: StatementToWrite): string {
  const { opening, entries, iban, messageId, statementId, createdAt, fromOn, toOn, ownerName } = statement
  if (entries.some(of => of.amount.currency !== opening.currency)) throw new TypeError('a statement is in one currency')
  const booked = entries.filter(of => of.status !== 'pending').map(signed)
  const closing = booked.reduce<Amount>(add, opening)
  const parts = [
    id('Id', statementId),
    element('CreDtTm', createdAt),
    element('FrToDt', element('FrDtTm', `${fromOn}T00:00:00`), element('ToDtTm', `${toOn}T23:59:59`)),
    element(
      'Acct',
      element('Id', isIban(iban) ? element('IBAN', iban) : element('Othr', id('Id', iban))),
      element('Ccy', opening.currency),
      ownerName ? element('Ownr', text('Nm', ownerName, 140)) : '',
    ),
    balance('OPBD', opening, fromOn),
    balance('CLBD', closing, toOn),
    ...entries.map(entry),
  ]
  const header = element('GrpHdr', id('MsgId', messageId), element('CreDtTm', createdAt))
  const document = element('BkToCstmrStmt', `${header}\n`, element('Stmt', parts.join('\n')))
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${document}</Document>\n`
}
