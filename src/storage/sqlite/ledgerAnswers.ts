import { Fault } from '#core/failure/faults.ts'
import { type Decline, type Outcome, ok } from '#core/failure/outcome.ts'
import type { AccountId, AccountState, AccountStatus } from '#core/ledger/account.ts'
import type { HoldState, LedgerAnswer, Posting } from '#core/ledger/command.ts'

type StoredHold = Omit<HoldState, 'minor' | 'captured'> & { readonly minor: string; readonly captured: string }
type StoredAccount = readonly [id: AccountId, status: AccountStatus, posted: string, held: string, version: number, chain: string]
/** What a posting's leg does not say of its account. */
type Beside = readonly [held: string, status: AccountStatus]

/** Short, for there is one a command: where there is a posting, only what its legs do not say stands here. */
type StoredAnswer =
  | { readonly decline: Decline }
  /** The posting stands in the same row of the journal. `beside` has the accounts that are not open with nothing held. */
  | { readonly beside?: Readonly<Record<AccountId, Beside>>; readonly hold?: StoredHold }
  | { readonly accounts: readonly StoredAccount[]; readonly hold?: StoredHold }

const toStoredHold = (hold: HoldState): StoredHold => ({ ...hold, minor: String(hold.minor), captured: String(hold.captured) })

/** The answer of most commands: a posting on open accounts where nothing is held. */
const plain = '{}'

export function answerText(answer: Outcome<LedgerAnswer>): string {
  if (!answer.ok) return JSON.stringify({ decline: answer.decline } satisfies StoredAnswer)
  const { posting, hold, accounts } = answer.value
  const kept = hold ? { hold: toStoredHold(hold) } : {}
  if (!posting) {
    const states = accounts.map(
      ({ id, status, posted, held, version, chain }): StoredAccount => [id, status, String(posted), String(held), version, chain],
    )
    return JSON.stringify({ accounts: states, ...kept } satisfies StoredAnswer)
  }
  const unusual = accounts.filter(({ held, status }) => held !== 0n || status !== 'open')
  if (unusual.length === 0 && !hold) return plain
  const beside = Object.fromEntries(unusual.map(({ id, held, status }): [AccountId, Beside] => [id, [String(held), status]]))
  return JSON.stringify({ beside, ...kept } satisfies StoredAnswer)
}

/** The accounts as the posting's legs left them; one whose hold was captured comes first, as in the decision. */
function accountsAfter(posting: Posting, beside: Readonly<Record<AccountId, Beside>>, first?: AccountId): readonly AccountState[] {
  const legs = [...posting.legs].sort((a, b) => Number(b.account === first) - Number(a.account === first))
  return legs.map(({ account, after, version, chain }) => {
    const [held, status] = beside[account] ?? ['0', 'open']
    return { id: account, status, posted: after, held: BigInt(held), version, chain }
  })
}

/** The answer that `answerText` wrote; `loadPosting` gives the one that stands beside it. */
export function readAnswer(text: string, loadPosting: () => Posting | null): Outcome<LedgerAnswer> {
  const stored: StoredAnswer = JSON.parse(text)
  if ('decline' in stored) return { ok: false, decline: stored.decline }
  const hold = stored.hold ? { ...stored.hold, minor: BigInt(stored.hold.minor), captured: BigInt(stored.hold.captured) } : null
  if ('accounts' in stored) {
    const accounts = stored.accounts.map(([id, status, posted, held, version, chain]) => {
      return { id, status, posted: BigInt(posted), held: BigInt(held), version, chain }
    })
    return ok({ posting: null, hold, accounts })
  }
  const posting = loadPosting()
  if (!posting) throw new Fault('database_damaged', { cause: new Error('a posting that was answered is not in the book') })
  return ok({ posting, hold, accounts: accountsAfter(posting, stored.beside ?? {}, hold?.account) })
}
