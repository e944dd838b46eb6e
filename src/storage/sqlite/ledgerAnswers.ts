import { hash } from 'node:crypto'
import { Fault } from '#core/failure/faults.ts'
import { type Decline, type Outcome, ok } from '#core/failure/outcome.ts'
import type { AccountId, AccountState } from '#core/ledger/account.ts'
import { bodyOf } from '#core/ledger/body.ts'
import type { HoldState, LedgerAnswer, LedgerCommand, Posting } from '#core/ledger/command.ts'

type StoredHold = Omit<HoldState, 'minor'> & { readonly minor: string }
type StoredAccount = readonly [id: AccountId, posted: string, held: string, version: number]

/** Short, for there is one a command: where there is a posting, only what its legs do not say stands here. */
type StoredAnswer =
  | { readonly decline: Decline }
  /** The posting stands in the same row of the journal. `held` names the accounts that it changed and on which something was still held. */
  | { readonly held: Readonly<Record<AccountId, string>>; readonly hold?: StoredHold }
  | { readonly accounts: readonly StoredAccount[]; readonly hold?: StoredHold }

function toStored(answer: Outcome<LedgerAnswer>): StoredAnswer {
  if (!answer.ok) return { decline: answer.decline }
  const { posting, hold, accounts } = answer.value
  const kept = hold ? { hold: { ...hold, minor: String(hold.minor) } } : {}
  if (posting) return { held: Object.fromEntries(accounts.flatMap(({ id, held }) => (held === 0n ? [] : [[id, String(held)]]))), ...kept }
  return { accounts: accounts.map(({ id, posted, held, version }): StoredAccount => [id, String(posted), String(held), version]), ...kept }
}

/** The accounts as the posting's legs left them; one whose hold was captured comes first, as in the decision. */
function accountsAfter(posting: Posting, held: Readonly<Record<AccountId, string>>, first: AccountId | undefined): readonly AccountState[] {
  const ends = new Map(posting.legs.map(({ account, after, version }) => [account, { posted: after, version }]))
  const order = new Set([...(first ? [first] : []), ...ends.keys()])
  return [...order].flatMap(id => {
    const end = ends.get(id)
    return end ? [{ id, posted: end.posted, held: BigInt(held[id] ?? 0), version: end.version }] : []
  })
}

/** What is asked, short enough to keep for ever: equal for equal wishes. */
export const bodyHash = (command: LedgerCommand): string => hash('sha256', bodyOf(command), 'base64url')

export const answerText = (answer: Outcome<LedgerAnswer>): string => JSON.stringify(toStored(answer))

/** The answer that `answerText` wrote; `loadPosting` gives the one that stands beside it. */
export function readAnswer(text: string, loadPosting: () => Posting | null): Outcome<LedgerAnswer> {
  const stored: StoredAnswer = JSON.parse(text)
  if ('decline' in stored) return { ok: false, decline: stored.decline }
  const hold = stored.hold ? { ...stored.hold, minor: BigInt(stored.hold.minor) } : null
  if ('accounts' in stored) {
    const accounts = stored.accounts.map(([id, posted, held, version]) => ({ id, posted: BigInt(posted), held: BigInt(held), version }))
    return ok({ posting: null, hold, accounts })
  }
  const posting = loadPosting()
  if (!posting) throw new Fault('database_damaged', { cause: new Error('a posting that was answered is not in the book') })
  return ok({ posting, hold, accounts: accountsAfter(posting, stored.held, hold?.account) })
}
