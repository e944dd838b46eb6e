import { no, type Outcome } from '../failure/outcome.ts'
import { changeStatus, open } from './accounts.ts'
import type { LedgerAnswer, LedgerCommand } from './command.ts'
import { capture, hold, release } from './holds.ts'
import type { LedgerSnapshot } from './snapshot.ts'
import { exchange, post, reverse, transfer } from './transfers.ts'

/** How long an id or a subject may be. */
const longestName = 200

/** What every store keeps letter by letter, so that no two names are one: half a character is kept by none, a NUL not by PostgreSQL. */
const isName = (text: string): boolean => text.length > 0 && text.length <= longestName && text.isWellFormed() && !text.includes('\0')
const isInstant = (at: number): boolean => Number.isSafeInteger(at) && at >= 0

/** Whether an answer can be kept under the command's id. One without a usable id is declined and leaves no trace. */
export const hasId = ({ id }: LedgerCommand): boolean => isName(id)

/** What no command may be, whatever the book says. */
function misshapen(command: LedgerCommand): string | undefined {
  if (!hasId(command)) return 'id'
  if (!isInstant(command.at)) return 'at'
  if ('subject' in command && !isName(command.subject)) return 'subject'
  if ('effectiveAt' in command && !isInstant(command.effectiveAt)) return 'effectiveAt'
  return 'expiresAt' in command && !isInstant(command.expiresAt) ? 'expiresAt' : undefined
}

/**
 * Decides a command against the accounts that it names. The answer is what the store must write: nothing is written here.
 * Declines: command_invalid (with what is), account_unknown, account_frozen, account_closed, account_not_empty, legs_unbalanced, amount_invalid (zero, or
 * beyond `maxMinor`), insufficient_funds (with what is missing), hold_unknown, hold_resolved, hold_expired, hold_not_expired, capture_above_hold,
 * posting_unknown, posting_reversed. Rules: "Money that cannot be wrong" 1 to 3 of ARCHITECTURE.md.
 */
export function decide(snapshot: LedgerSnapshot, command: LedgerCommand): Outcome<LedgerAnswer> {
  const what = misshapen(command)
  if (what) return no('command_invalid', { what })
  switch (command.type) {
    case 'open':
      return open(snapshot, command)
    case 'freeze':
    case 'close':
    case 'reopen':
      return changeStatus(snapshot, command)
    case 'post':
      return post(snapshot, command)
    case 'transfer':
      return transfer(snapshot, command)
    case 'exchange':
      return exchange(snapshot, command)
    case 'reverse':
      return reverse(snapshot, command)
    case 'hold':
      return hold(snapshot, command)
    case 'capture':
      return capture(snapshot, command)
    case 'release':
    case 'expire':
      return release(snapshot, command)
  }
}
