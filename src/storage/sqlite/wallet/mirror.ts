import { Fault } from '#core/failure/faults.ts'
import type { AccountId } from '#core/ledger/account.ts'
import { accountId, parseAccountId } from '#core/ledger/accountId.ts'
import type { Posting, PostingKind } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import type { BalanceRow, MirroredLeg, MirroredPosting } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { ledgerJournal } from '../ledgerJournal.ts'
import { ledgerRows, type NumberedAccount } from '../ledgerRows.ts'

/** The holder's own account, whatever id the service gives its holder. */
const ownAccount = (currency: CurrencyCode): AccountId => accountId({ kind: 'holder', owner: 'me', currency })
/** All others: a wallet knows what went to them and came from them, not what they have. */
const otherAccount = (currency: CurrencyCode): AccountId => accountId({ kind: 'foreign', owner: 'others', currency })

const kinds = ['top_up', 'payment', 'fee', 'reversal'] as const satisfies readonly PostingKind[]

const mismatch = (what: string) =>
  new Fault('database_damaged', { cause: new Error(`this wallet's book and the service's differ: ${what}`) })

/** What the service told of each leg beside its amount, in the order of the legs. */
type Telling = readonly (readonly [account: string, version: number, own: boolean, label: string])[]

/** The holder's accounts as the service tells them, kept by the same rules as any book. */
export function bookMirror(db: Database) {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  const keepTelling = db.prepare('INSERT INTO posting_telling (posting, legs) VALUES (?, ?)')
  const telling = db.prepare<{ id: string; legs: string }>(
    `SELECT p.id, t.legs FROM ledger_journal p JOIN posting_telling t ON t.posting = p.n WHERE p.subject = ? ORDER BY p.n`,
  )

  const load = (id: AccountId): NumberedAccount => {
    const known = rows.account(id)
    if (known) return known
    rows.openAccount(id)
    const opened = rows.account(id)
    if (!opened) throw new Error(`${id} was not opened`)
    return opened
  }

  /** Accounts are read and written once a page. What a payment takes was held before: the balance told after it says what is held from then on. */
  const startPage = () => {
    const accounts = new Map<AccountId, NumberedAccount>()
    const account = (id: AccountId): NumberedAccount => {
      const known = accounts.get(id) ?? load(id)
      accounts.set(id, known)
      return known
    }
    const post = ({ id, kind, subject, effectiveAt, recordedAt, legs }: MirroredPosting): void => {
      const earlier = journal.posting(id)
      if (earlier && !isSame(earlier, legs)) throw mismatch(`posting ${id} has other legs than before`)
      if (earlier) return
      const known = kinds.find(one => one === kind)
      if (!known) throw mismatch(`a posting of kind ${kind}`)
      const ours = legs.map(leg => ({ account: leg.own ? ownAccount(leg.currency) : otherAccount(leg.currency), minor: leg.minor }))
      for (const leg of ours) {
        const state = account(leg.account)
        if (leg.minor < 0n && state.held > 0n) accounts.set(leg.account, { ...state, held: 0n })
      }
      const command = { id, at: recordedAt, type: 'post', kind: known, subject, effectiveAt, legs: ours } as const
      const answer = decide({ account, hold: () => undefined }, command)
      if (!answer.ok) throw mismatch(`posting ${id} cannot be: ${answer.decline.code}`)
      const { posting, accounts: changed } = answer.value
      if (!posting) return
      checkVersions(posting, legs)
      const n = journal.keepPosting(posting, one => account(one).n)
      keepTelling.run(n, JSON.stringify(legs.map((leg): Telling[number] => [leg.account, leg.version, leg.own, leg.label])))
      for (const state of changed) accounts.set(state.id, { ...state, n: account(state.id).n })
    }
    const balance = ({ currency, postedMinor, heldMinor, version }: BalanceRow): void => {
      const ours = account(ownAccount(currency))
      if (ours.posted !== postedMinor || ours.version !== version)
        throw mismatch(`${currency} is ${ours.posted} at version ${ours.version} here, ${postedMinor} at version ${version} there`)
      accounts.set(ours.id, { ...ours, held: heldMinor })
    }
    const finish = (): void => {
      for (const state of accounts.values()) rows.saveAccount(state.n, state)
    }
    return { post, balance, finish }
  }

  const toMirrored = ({ id, kind, subject, effectiveAt, recordedAt, legs }: Posting, told: Telling): MirroredPosting => ({
    id,
    kind,
    subject,
    effectiveAt,
    recordedAt,
    legs: legs.map((leg, seat): MirroredLeg => {
      const [account, version, own, label] = told[seat] ?? [leg.account, leg.version, false, '']
      return { account, currency: currencyOf(leg.account), minor: leg.minor, version, own, label }
    }),
  })

  return {
    startPage,
    balances: (): readonly BalanceRow[] =>
      rows
        .accountsOf('me')
        .map(({ id, posted, held, version }) => ({ currency: currencyOf(id), postedMinor: posted, heldMinor: held, version })),
    postingsOf: (subject: string): readonly MirroredPosting[] =>
      telling.all(subject).flatMap(({ id, legs }) => {
        const posting = journal.posting(id)
        return posting ? [toMirrored(posting, JSON.parse(legs))] : []
      }),
  }
}

function currencyOf(id: AccountId): CurrencyCode {
  const currency = parseAccountId(id)?.currency ?? ''
  if (!isCurrencyCode(currency)) throw new Error(`not an account: ${id}`)
  return currency
}

const isSame = ({ legs }: Posting, told: readonly MirroredLeg[]): boolean =>
  legs.length === told.length &&
  legs.every(({ account, minor }, seat) => minor === told[seat]?.minor && currencyOf(account) === told[seat]?.currency)

function checkVersions(posting: Posting, told: readonly MirroredLeg[]): void {
  posting.legs.forEach((leg, seat) => {
    const other = told[seat]
    if (other?.own && other.version !== leg.version)
      throw mismatch(`posting ${posting.id} stands at version ${leg.version} of ${leg.account} here, ${other.version} there`)
  })
}
