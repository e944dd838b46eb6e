import { type Amount, toDecimal } from '../../money/amount.ts'
import { type CreditorReference, findReferences } from '../reference.ts'
import { compactAccount } from './account.ts'
import { isTrue, type ReadAmount, readAmount, readDay, readDirection } from './camtAmount.ts'
import type { Identifiable } from './identity.ts'
import { byOrder, type LineProblem, problem } from './problems.ts'
import type { Direction, EntryStatus, StatementHeader, StatementLine } from './statement.ts'
import { find, findAll, textAt, type XmlNode } from './xml.ts'

export type CamtEntry = {
  readonly status: EntryStatus
  /** What the entry does to the balance; undefined where it cannot be read. */
  readonly booking: { readonly amount: Amount; readonly direction: Direction } | undefined
  readonly lines: readonly StatementLine[]
}

const statuses: Readonly<Record<string, EntryStatus>> = { BOOK: 'booked', PDNG: 'pending', INFO: 'information', FUTR: 'future' }

/** What stops a status from being credited. */
const statusProblems = {
  booked: [],
  pending: [problem('pending')],
  future: [problem('pending')],
  information: [problem('information_only')],
  unknown: [problem('status_unknown')],
} as const satisfies Record<EntryStatus, readonly LineProblem[]>

/**
 * Reads an `<Ntry>` into its lines. A batch gives a line for each of its transactions, which must sum to the entry, or all of them are flagged;
 * a single transaction has the amount that was booked.
 * @param identityOf names a booked line; called in the order of the lines.
 */
export function readEntry(node: XmlNode, number: number, header: StatementHeader, identityOf: (line: Identifiable) => string): CamtEntry {
  const money = readAmount(find(node, 'Amt'))
  const direction = readDirection(node)
  const status = statuses[textAt(node, 'Sts/Cd', 'Sts')] ?? 'unknown'
  const transactions = findAll(node, 'NtryDtls').flatMap(details => findAll(details, 'TxDtls'))
  const parts = partsOf(node, transactions)
  const ofEntry: LineProblem[] = [...statusProblems[status]]
  if (!money.ok) ofEntry.push(money.problem)
  if (!direction) ofEntry.push(problem('direction_missing', { said: textAt(node, 'CdtDbtInd') }))
  if (money.ok && direction) ofEntry.push(...sumProblems(node, money.value, direction, parts))

  const lines = (transactions.length > 0 ? transactions : [undefined]).map((transaction, index): StatementLine => {
    const part = transactions.length > 1 ? parts[index] : undefined
    const partMoney = part?.money ?? money
    const told = {
      ...describeEntry(node, number, header, status),
      ...describeTransaction(node, transaction),
      line: index + 1,
      amount: partMoney.ok ? partMoney.value : undefined,
      direction: part?.direction ?? direction,
    }
    const line: Identifiable = { ...told, references: referencesOf(told) }
    const problems = [...ofEntry, ...(part && !part.money.ok ? [part.money.problem] : []), ...lineProblems(line)]
    return { ...line, identity: status === 'booked' ? identityOf(line) : '', problems: problems.sort(byOrder) }
  })
  return { status, booking: money.ok && direction ? { amount: money.value, direction } : undefined, lines }
}

type Part = { readonly money: ReadAmount; readonly direction: Direction | undefined }

/** Each transaction with its own amount: `<Amt>` since version 03, `<AmtDtls><TxAmt>` before; the direction is the entry's where it has none. */
const partsOf = (entry: XmlNode, transactions: readonly XmlNode[]): readonly Part[] =>
  transactions.map(transaction => ({
    money: readAmount(find(transaction, 'Amt') ?? find(transaction, 'AmtDtls/TxAmt/Amt')),
    direction: readDirection(transaction) ?? readDirection(entry),
  }))

/** How many transactions the bank says that the entry holds, where it says so. */
const announced = (entry: XmlNode): number =>
  findAll(entry, 'NtryDtls').reduce((sum, details) => sum + (Number.parseInt(textAt(details, 'Btch/NbOfTxs'), 10) || 0), 0)

/** A batch without all of its transactions, or whose transactions make another sum, cannot be divided among payers. */
function sumProblems(entry: XmlNode, amount: Amount, direction: Direction, parts: readonly Part[]): readonly LineProblem[] {
  const said = { entry: toDecimal(amount), currency: amount.currency }
  const count = announced(entry)
  if (count > 0 && count !== Math.max(parts.length, 1)) return [problem('lines_do_not_add_up', { ...said, announced: String(count) })]
  let sum = 0n
  for (const { money, direction: way } of parts) {
    const isOwn = money.ok && money.value.currency === amount.currency
    // One transaction needs no amount of its own, and often tells the one that was sent in another currency.
    if (!isOwn && parts.length === 1 && (money.ok || money.problem.code === 'amount_missing')) return []
    if (!isOwn) return [problem('lines_do_not_add_up', said)]
    sum += way === direction ? money.value.minor : -money.value.minor
  }
  if (parts.length === 0 || sum === amount.minor) return []
  return [problem('lines_do_not_add_up', { ...said, lines: toDecimal({ currency: amount.currency, minor: sum }) })]
}

const describeEntry = (node: XmlNode, number: number, header: StatementHeader, status: EntryStatus) => ({
  statement: header.number,
  account: header.account,
  entry: number,
  status,
  bookedOn: readDay(find(node, 'BookgDt')),
  valueOn: readDay(find(node, 'ValDt')),
  bankReference: textAt(node, 'AcctSvcrRef'),
  entryReference: textAt(node, 'NtryRef'),
})

/** Names stand one element deeper (`Pty`) since version 08. Where there is no transaction the entry's own words are all that is known. */
function describeTransaction(entry: XmlNode, transaction: XmlNode | undefined) {
  const remittance = find(transaction, 'RmtInf')
  const structured = remittance ? findAll(remittance, 'Strd') : []
  const unstructured = remittance ? findAll(remittance, 'Ustrd').map(node => node.text) : []
  const information = structured.flatMap(node => findAll(node, 'AddtlRmtInf').map(more => more.text))
  const account = textAt(transaction, 'RltdPties/DbtrAcct/Id/IBAN', 'RltdPties/DbtrAcct/Id/Othr/Id')
  return {
    isReversal: isTrue(entry, 'RvslInd') || isTrue(transaction, 'RvslInd'),
    isReturn: find(transaction, 'RtrInf') !== undefined,
    lineBankReference: textAt(transaction, 'Refs/AcctSvcrRef'),
    endToEndId: textAt(transaction, 'Refs/EndToEndId'),
    transactionCode: readTransactionCode(find(transaction, 'BkTxCd')) || readTransactionCode(find(entry, 'BkTxCd')),
    structuredReferences: structured.map(node => textAt(node, 'CdtrRefInf/Ref')).filter(text => text !== ''),
    remittance: [...unstructured, ...information],
    bankWords: textAt(transaction, 'AddtlTxInf') || textAt(entry, 'AddtlNtryInf'),
    debtorName: textAt(transaction, 'RltdPties/Dbtr/Pty/Nm', 'RltdPties/Dbtr/Nm'),
    debtorAccount: compactAccount(account),
    ultimateDebtorName: textAt(transaction, 'RltdPties/UltmtDbtr/Pty/Nm', 'RltdPties/UltmtDbtr/Nm'),
  }
}

/** "PMNT/RCDT/ESCT" of the ISO domain, else the bank's own code. */
function readTransactionCode(node: XmlNode | undefined): string {
  const parts = [textAt(node, 'Domn/Cd'), textAt(node, 'Domn/Fmly/Cd'), textAt(node, 'Domn/Fmly/SubFmlyCd')]
  return parts.filter(part => part !== '').join('/') || textAt(node, 'Prtry/Cd')
}

/**
 * Texts are searched apart, so that the end of one and the start of another make no reference; lines of one text are one text. The bank's own
 * words count only where the payer's hold nothing.
 */
function referencesOf(line: Omit<Identifiable, 'references'>): readonly CreditorReference[] {
  const told = new Set([...line.structuredReferences, line.remittance.join(' '), line.endToEndId].flatMap(findReferences))
  return told.size > 0 ? [...told] : findReferences(line.bankWords)
}

function lineProblems(line: Identifiable): readonly LineProblem[] {
  const problems: LineProblem[] = []
  if (line.direction === 'debit') problems.push(problem('debit'))
  if (line.amount?.minor === 0n) problems.push(problem('amount_zero', { currency: line.amount.currency }))
  if (line.isReversal) problems.push(problem('reversed'))
  if (line.isReturn) problems.push(problem('returned'))
  if (line.direction !== 'debit' && line.references.length === 0) problems.push(problem('no_reference'))
  return problems
}
