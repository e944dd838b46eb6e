import { toDecimal } from '../../money/amount.ts'
import { compactAccount } from './account.ts'
import type { StatementLine } from './statement.ts'

/** Values that say "no reference". */
const nothing = new Set(['', 'NOTPROVIDED', 'NONREF', 'NONE', 'N/A'])
const meant = (text: string): string => {
  const upper = text.trim().toUpperCase()
  return nothing.has(upper) ? '' : upper
}
/** Banks wrap and space the same text differently in different files: only letters and digits count. */
const bare = (texts: readonly string[]): string =>
  texts
    .join('')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

export type Identifiable = Omit<StatementLine, 'identity' | 'problems'>

/**
 * What a booked payment is told apart by, in whatever file it stands. The bank's reference does it where there is one; the day, direction and
 * amount stand beside it, because some banks count anew every day. Else everything that the payer said does it.
 * What differs between files is left out: message, statement and entry numbers, the bank's free words, spacing.
 */
export function entryKind(line: Identifiable): string {
  const references = [meant(line.bankReference), meant(line.lineBankReference)]
  const told = references.some(reference => reference !== '')
    ? []
    : [
        meant(line.endToEndId),
        bare(line.structuredReferences),
        bare(line.remittance),
        ...line.references,
        compactAccount(line.debtorAccount),
      ]
  const money = line.amount ? [line.amount.currency, toDecimal(line.amount)] : []
  const flags = line.isReversal ? 'reversal' : ''
  return JSON.stringify([
    compactAccount(line.account),
    line.bookedOn || line.valueOn,
    line.direction ?? '',
    flags,
    ...money,
    references,
    told,
  ])
}

/**
 * The identity of a booked payment: its kind, and the how-manieth of that kind it is in its statement. Two equal payments of one day both
 * count, and both are found again in an overlapping statement. Where the same kind stands once in each of two statements it is taken for one
 * payment: the second waits as already seen, which an operator can mend, whereas money credited twice is gone.
 */
export const entryIdentity = (kind: string, ordinal: number): string => `${kind}#${ordinal}`

/** Counts the kinds of one statement. `digest` shortens what is remembered of each line; it must be collision-resistant (SHA-256), for payers choose texts. */
export function createOrdinals(digest: (text: string) => string = text => text) {
  const counts = new Map<string, number>()
  return (kind: string): number => {
    const key = digest(kind)
    const ordinal = (counts.get(key) ?? 0) + 1
    counts.set(key, ordinal)
    return ordinal
  }
}
