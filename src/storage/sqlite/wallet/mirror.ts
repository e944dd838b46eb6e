import type { AccountId, AccountState } from '#core/ledger/account.ts'
import { accountId, parseAccountId } from '#core/ledger/accountId.ts'
import { chainLink, chainStart } from '#core/ledger/chain.ts'
import type { PostedLeg, Posting, PostingKind } from '#core/ledger/command.ts'
import { decide } from '#core/ledger/decide.ts'
import type { LedgerSnapshot } from '#core/ledger/snapshot.ts'
import { toDecimal } from '#core/money/amount.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import { toLimbs } from '#core/money/limbs.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { BalanceRow, HeadRow, MirroredLeg, MirroredPosting } from '#core/wallet/store.ts'
import { digest } from '../../digest.ts'
import type { Database } from '../database.ts'
import { ledgerJournal } from '../ledgerJournal.ts'
import { ledgerRows, type NumberedAccount } from '../ledgerRows.ts'

/** Made once a currency: a page looks its accounts up by them several thousand times. */
function accountsNamed(name: (currency: CurrencyCode) => AccountId): (currency: CurrencyCode) => AccountId {
  const made = new Map<CurrencyCode, AccountId>()
  return currency => {
    const id = made.get(currency) ?? name(currency)
    made.set(currency, id)
    return id
  }
}
/** The holder's own account, whatever id the service gives its holder. */
const ownAccount = accountsNamed(currency => accountId({ kind: 'holder', owner: 'me', currency }))
/** All others: a wallet knows what went to them and came from them, not what they have. */
const otherAccount = accountsNamed(currency => accountId({ kind: 'foreign', owner: 'others', currency }))

const kinds = ['top_up', 'payment', 'transfer', 'exchange', 'fee', 'reversal'] as const satisfies readonly PostingKind[]

/** What the service told of each leg beside its amount, in the order of the legs. */
type Telling = readonly (readonly [account: string, version: number, own: boolean, label: string])[]

/** The holder's accounts as the service tells them, kept by the same rules as any book. */
export function bookMirror(db: Database) {
  const rows = ledgerRows(db)
  const journal = ledgerJournal(db)
  /** A wallet is told what is held, and of no hold. */
  const keepHeld = db.prepare('UPDATE ledger_account SET held_hi = ?, held_mid = ?, held_lo = ? WHERE n = ?')
  const keepTelling = db.prepare('INSERT INTO posting_telling (posting, legs) VALUES (?, ?)')
  const telling = db.prepare<{ id: string; legs: string }>(
    `SELECT p.id, t.legs FROM ledger_journal p JOIN posting_telling t ON t.posting = p.n WHERE p.subject = ? ORDER BY p.n`,
  )

  const selectHere = db.prepare<{ id: string }>(
    'SELECT told.value AS id FROM json_each(?) told WHERE EXISTS (SELECT 1 FROM ledger_journal j WHERE j.id = told.value)',
  )

  const load = (id: AccountId): NumberedAccount => {
    const known = rows.account(id)
    if (known) return known
    rows.openAccount(id)
    const opened = rows.account(id)
    if (!opened) throw new Error(`${id} was not opened`)
    return opened
  }

  /** Accounts, and which of its postings are here, are read once a page. What a payment takes was held before: the balance told after it says what is held from then on. */
  const startPage = (postings: readonly string[]) => {
    const here = new Set(selectHere.all(JSON.stringify(postings)).map(({ id }) => id))
    const accounts = new Map<AccountId, NumberedAccount>()
    const account = (id: AccountId): NumberedAccount => {
      const known = accounts.get(id)
      if (known) return known
      const loaded = load(id)
      accounts.set(id, loaded)
      return loaded
    }
    const numberOf = (id: AccountId): number => account(id).n
    const hold = (id: AccountId, held: bigint): void => {
      const { n, state } = account(id)
      if (state.held === held) return
      const { hi, mid, lo } = toLimbs(held)
      keepHeld.run(hi, mid, lo, n)
      accounts.set(id, { n, state: { ...state, held } })
    }
    const snapshot: LedgerSnapshot = {
      digest,
      account: id => account(id).state,
      hold: () => undefined,
      posting: () => undefined,
      isReversed: () => false,
    }
    const post = (told: MirroredPosting): void => {
      const { id, kind, subject, effectiveAt, recordedAt } = told
      const known = kinds.find(one => one === kind)
      if (!known) throw new ProviderMismatch('posting_impossible', { posting: id, kind })
      const legs = told.legs.map(leg => ({ account: leg.own ? ownAccount(leg.currency) : otherAccount(leg.currency), minor: leg.minor }))
      const before = new Map(legs.map(leg => [leg.account, account(leg.account).state]))
      for (const leg of legs) if (leg.minor < 0n) hold(leg.account, 0n)
      const answer = decide(snapshot, { id, at: recordedAt, type: 'post', kind: known, subject, effectiveAt, legs })
      const decided = answer.ok ? answer.value.posting : null
      if (!decided) throw new ProviderMismatch('posting_impossible', { posting: id, ...(answer.ok ? {} : { why: answer.decline.code }) })
      const posting = { ...decided, legs: decided.legs.map((leg, seat) => chained(leg, told.legs[seat], before.get(leg.account), decided)) }
      const entry = journal.keepEntry(id, null, posting, numberOf)
      journal.keepLegs(entry.lastInsertRowid, posting.legs, numberOf)
      keepTelling.run(
        entry.lastInsertRowid,
        JSON.stringify(told.legs.map((leg): Telling[number] => [leg.account, leg.version, leg.own, leg.label])),
      )
      for (const { account: id, after: posted, version, chain } of posting.legs) {
        const { n, state } = account(id)
        accounts.set(id, { n, state: { ...state, posted, version, chain } })
      }
    }
    const agreeOn = ({ id, legs }: MirroredPosting): void => {
      const earlier = journal.posting(id)
      if (!earlier || !isSame(earlier, legs)) throw new ProviderMismatch('posting_changed', { posting: id })
    }
    return {
      post: (told: MirroredPosting): void => {
        if (here.has(told.id)) agreeOn(told)
        else post(told)
        here.add(told.id)
      },
      balance: ({ currency, postedMinor, heldMinor, version }: BalanceRow): void => {
        const { state } = account(ownAccount(currency))
        if (state.posted !== postedMinor || state.version !== version)
          throw new ProviderMismatch('balance_wrong', {
            currency,
            here: toDecimal({ currency, minor: state.posted }),
            there: toDecimal({ currency, minor: postedMinor }),
            versionHere: String(state.version),
            versionThere: String(version),
          })
        hold(state.id, heldMinor)
      },
    }
  }

  const toMirrored = ({ id, kind, subject, effectiveAt, recordedAt, legs }: Posting, told: Telling): MirroredPosting => ({
    id,
    kind,
    subject,
    effectiveAt,
    recordedAt,
    legs: legs.map((leg, seat): MirroredLeg => {
      const [account, version, own, label] = told[seat] ?? [leg.account, leg.version, false, '']
      return { account, currency: currencyOf(leg.account), minor: leg.minor, version, chain: own ? leg.chain : '', own, label }
    }),
  })

  const ownAccounts = (): readonly AccountState[] => rows.accountsOf('me').map(({ state }) => state)

  return {
    startPage,
    /** Throws where the book does not stand at just these heads: another version or chain, or an account that only one of the two knows. */
    agree: (heads: readonly HeadRow[]): void => {
      const own = new Map(ownAccounts().map(state => [currencyOf(state.id), state]))
      for (const { account, currency, version, chain } of heads) {
        const state = own.get(currency)
        own.delete(currency)
        if (!state) throw new ProviderMismatch('account_missing', { account, currency, missing: 'here' })
        const here = state.version > 0 ? state.chain : chainStart(digest, account as AccountId)
        if (state.version !== version || here !== chain)
          throw new ProviderMismatch('head_wrong', { account, currency, here: String(state.version), there: String(version) })
      }
      for (const currency of own.keys()) throw new ProviderMismatch('account_missing', { currency, missing: 'there' })
    },
    heads: () => ownAccounts().map(({ id, version, chain }) => ({ currency: currencyOf(id), version, chain: version > 0 ? chain : '' })),
    balances: (): readonly BalanceRow[] =>
      rows
        .accountsOf('me')
        .map(({ state: { id, posted, held, version } }) => ({ currency: currencyOf(id), postedMinor: posted, heldMinor: held, version })),
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

/**
 * An own leg with the link that the service told, once that follows from all that was told before; the service hashes under its own name of the account.
 * A leg of another keeps the link that only this book knows.
 */
function chained(leg: PostedLeg, told: MirroredLeg | undefined, before: AccountState | undefined, posting: Posting): PostedLeg {
  if (!told?.own) return leg
  if (told.version !== leg.version)
    throw new ProviderMismatch('version_wrong', {
      posting: posting.id,
      currency: told.currency,
      here: String(leg.version),
      there: String(told.version),
    })
  const account = told.account as AccountId
  const start = before && before.version > 0 ? before.chain : chainStart(digest, account)
  if (chainLink(digest, start, { ...leg, account }, posting) !== told.chain)
    throw new ProviderMismatch('chain_broken', { posting: posting.id, currency: told.currency, version: String(leg.version) })
  return { ...leg, chain: told.chain }
}
