import { type Amount, add, zero } from '../../money/amount.ts'
import { type CurrencyCode, isCurrencyCode } from '../../money/currencies/index.ts'
import { compactAccount } from './account.ts'
import { audit } from './audit.ts'
import { readAmount, readDay, readDirection } from './camtAmount.ts'
import { readEntry } from './camtEntry.ts'
import type { BankFileFormat, ReaderOptions } from './format.ts'
import { createOrdinals, entryIdentity, entryKind } from './identity.ts'
import { byOrder, type FileProblem, problem, type StatementProblem } from './problems.ts'
import type { Balance, BankFileReader, FileVerdict, StatementHeader, StatementSink } from './statement.ts'
import { createXmlCutter, find, textAt, type XmlNode } from './xml.ts'

const isoMessage = /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})$/
const known = /^camt\.053\.001\.(?:0[2-9]|1[0-3])$/
/** A year of daily balances of every kind; more is no statement. */
const mostBalances = 5_000

type Open = {
  readonly number: number
  readonly texts: Map<string, XmlNode>
  readonly balances: Balance[]
  readonly booked: Map<CurrencyCode, Amount>
  readonly problems: StatementProblem[]
  readonly ordinal: (kind: string) => number
  header: StatementHeader | undefined
  entries: number
  bookedEntries: number
  lines: number
}

/** What the root says: camt.053.001.02 to .13, or the reason for which the document is refused. */
function checkRoot(name: string, namespace: string): 'container' | FileProblem {
  const message = isoMessage.exec(namespace)?.[1]
  if (name !== 'Document' || message === undefined) return problem('namespace_wrong', { element: name, namespace: namespace.slice(0, 200) })
  if (!message.startsWith('camt.053.')) return problem('not_a_statement', { message })
  return known.test(message) ? 'container' : problem('version_unknown', { message })
}

const partsOfStatement = new Set(['Id', 'CreDtTm', 'FrToDt', 'Acct', 'Bal', 'Ntry'])

function openElement(name: string, depth: number, namespace: string): 'container' | 'cut' | 'skip' | FileProblem {
  if (depth === 0) return checkRoot(name, namespace)
  if (depth === 1) return name === 'BkToCstmrStmt' ? 'container' : problem('not_a_statement', { message: name })
  if (depth === 2) return name === 'Stmt' ? 'container' : name === 'GrpHdr' ? 'cut' : 'skip'
  return partsOfStatement.has(name) ? 'cut' : 'skip'
}

/**
 * Reads camt.053, the bank-to-customer statement of ISO 20022, versions .001.02 to .001.13, as text that comes in pieces of any size. Each
 * statement is told as header, lines, verdict. Memory does not grow with the file, but for one digest a booked line (see `identity.ts`).
 * Lines of a statement come before its verdict, and all before the verdict over the file: credit after both, by reading twice or from a staged list.
 */
function createCamtReader(sink: StatementSink, { digest }: ReaderOptions = {}): BankFileReader<string> {
  let messageId = ''
  let statements = 0
  let lines = 0
  let open: Open | undefined

  const begin = (): Open => {
    statements += 1
    const counts = { entries: 0, bookedEntries: 0, lines: 0 }
    return {
      number: statements,
      texts: new Map(),
      balances: [],
      booked: new Map(),
      problems: [],
      ordinal: createOrdinals(digest),
      header: undefined,
      ...counts,
    }
  }

  function head(statement: Open): StatementHeader {
    if (statement.header) return statement.header
    const account = statement.texts.get('Acct')
    const period = statement.texts.get('FrToDt')
    const currency = textAt(account, 'Ccy')
    statement.header = {
      number: statement.number,
      messageId,
      statementId: statement.texts.get('Id')?.text ?? '',
      account: compactAccount(textAt(account, 'Id/IBAN', 'Id/Othr/Id')),
      currency: isCurrencyCode(currency) ? currency : undefined,
      createdAt: statement.texts.get('CreDtTm')?.text ?? '',
      from: textAt(period, 'FrDtTm'),
      to: textAt(period, 'ToDtTm'),
    }
    if (statement.header.account === '') statement.problems.push(problem('account_missing'))
    sink.opened(statement.header)
    return statement.header
  }

  function entry(statement: Open, node: XmlNode): void {
    const header = head(statement)
    statement.entries += 1
    const read = readEntry(node, statement.entries, header, line => {
      const kind = entryKind(line)
      return entryIdentity(kind, statement.ordinal(kind))
    })
    if (read.status === 'booked') book(statement, read.booking)
    statement.lines += read.lines.length
    lines += read.lines.length
    read.lines.forEach(sink.line)
  }

  function close(statement: Open): void {
    head(statement)
    const { number, entries, bookedEntries, balances, problems } = statement
    const { totals, problems: unproven } = audit(balances, statement.booked)
    const all = [...problems, ...unproven].sort(byOrder)
    sink.closed({ statement: number, entries, bookedEntries, lines: statement.lines, balances, totals, problems: all })
  }

  const cutter = createXmlCutter({
    open(name, depth, namespace) {
      const answer = openElement(name, depth, namespace)
      if (depth === 2 && answer === 'container') open = begin()
      return answer
    },
    cut(node) {
      if (node.name === 'GrpHdr' && !open) messageId = textAt(node, 'MsgId')
      else if (open && node.name === 'Ntry') entry(open, node)
      else if (open && node.name === 'Bal') balance(open, node)
      else open?.texts.set(node.name, node)
    },
    close() {
      if (open) close(open)
      open = undefined
    },
  })

  return {
    write: cutter.write,
    end(): FileVerdict {
      const refusal = cutter.end() ?? (statements === 0 ? problem('no_statements') : undefined)
      return refusal ? { ok: false, problem: refusal } : { ok: true, format: 'camt053', statements, lines }
    },
  }
}

function book(statement: Open, booking: ReturnType<typeof readEntry>['booking']): void {
  statement.bookedEntries += 1
  if (!booking) {
    noteOnce(statement, problem('entry_unreadable', { entry: String(statement.entries) }))
    return
  }
  const { amount, direction } = booking
  const signed = direction === 'credit' ? amount : { ...amount, minor: -amount.minor }
  statement.booked.set(amount.currency, add(statement.booked.get(amount.currency) ?? zero(amount.currency), signed))
}

function balance(statement: Open, node: XmlNode): void {
  const kind = textAt(node, 'Tp/CdOrPrtry/Cd', 'Tp/CdOrPrtry/Prtry')
  const money = readAmount(find(node, 'Amt'))
  const direction = readDirection(node)
  if (!money.ok || !direction) noteOnce(statement, problem('balance_unreadable', { kind }))
  else if (statement.balances.length >= mostBalances) noteOnce(statement, problem('too_many_balances', { most: String(mostBalances) }))
  else {
    const minor = direction === 'credit' ? money.value.minor : -money.value.minor
    const isInterim = textAt(node, 'Tp/SubTp/Cd') === 'INTM'
    statement.balances.push({ kind, amount: { ...money.value, minor }, on: readDay(find(node, 'Dt')), isInterim })
  }
}

/** A statement that is broken a million times is broken once. */
function noteOnce(statement: Open, what: StatementProblem): void {
  if (!statement.problems.some(noted => noted.code === what.code)) statement.problems.push(what)
}

export const camt053 = {
  title: 'camt.053',
  extensions: ['xml', 'camt', 'c53'],
  createReader: createCamtReader,
} as const satisfies BankFileFormat
