import { type FeedEvent, feedEvent } from '#contracts/service/feed.ts'
import { canonicalJson } from '#contracts/service/signing.ts'
import { parseAccountId } from '#core/ledger/accountId.ts'
import { violations } from '#core/ledger/invariants.ts'
import { parseDecimal } from '#core/money/amount.ts'
import { digest } from '#storage/digest.ts'
import { eventsOf } from '#storage/rows/feed.ts'
import type { Database } from '#storage/sqlite/database.ts'
import { ledgerJournal } from '#storage/sqlite/ledgerJournal.ts'
import { ledgerRows } from '#storage/sqlite/ledgerRows.ts'
import { createWalletBook } from '#storage/sqlite/wallet/walletBook.ts'
import type { Wish } from './acts.ts'
import type { People } from './people.ts'

const everything = 1_000_000

type PaymentRow = {
  id: string
  holder: string
  orderId: string
  state: string
  minor: string
  currency: string
  shop: string
}
type TopUpRow = { id: string; holder: string; state: string; minor: string; credited: string | null }

/** All that is durable of the service, read at one moment at which nobody writes. */
function readService(db: Database) {
  const rows = ledgerRows(db)
  const all = <Row>(sql: string): readonly Row[] => db.prepare<Row>(sql).all()
  const commands = new Map(
    all<{ id: string; type: string; answer: string }>('SELECT id, type, answer FROM command').map(row => [row.id, row] as const),
  )
  /** As it is told: a payment by what its command was answered. */
  const eventOf = (json: string): FeedEvent => {
    const event: { command?: string } = JSON.parse(json)
    if (event.command === undefined) return feedEvent.parse(event)
    const answer: { payment?: unknown } = JSON.parse(commands.get(event.command)?.answer ?? '{}')
    return feedEvent.parse({ type: 'payment', payment: answer.payment })
  }
  const feed = new Map<string, { n: number; event: FeedEvent }[]>()
  for (const { holder, n, json } of all<{ holder: string; n: number; json: string }>(
    'SELECT holder_id AS holder, n, json FROM feed_row ORDER BY holder_id, n',
  ))
    for (const told of eventsOf([{ n, json }], 0)) {
      const events = feed.get(holder) ?? []
      feed.set(holder, events)
      events.push({ n: told.n, event: eventOf(told.json) })
    }
  return {
    states: rows.accountsAfter(0, everything).map(({ state }) => state),
    postings: ledgerJournal(db)
      .postingsBetween(0, everything, everything)
      .map(({ posting }) => posting),
    holds: rows.openHoldsAfter(0, everything).map(({ state }) => state),
    feed,
    lasts: new Map(
      all<{ holder: string; last: number }>('SELECT holder_id AS holder, last FROM feed_head').map(row => [row.holder, row.last]),
    ),
    compactedTo: new Map(
      all<{ holder: string; n: number }>('SELECT holder_id AS holder, n FROM feed_compaction').map(row => [row.holder, row.n]),
    ),
    commands,
    payments: all<PaymentRow>(
      `SELECT p.id, p.holder_id AS holder, p.order_id AS orderId, p.state, o.minor, o.currency, o.shop ->> 'id' AS shop
       FROM payment p JOIN shop_order o ON o.id = p.order_id`,
    ),
    orders: all<{ id: string; state: string; paymentId: string | null }>('SELECT id, state, payment_id AS paymentId FROM shop_order'),
    topUps: all<TopUpRow>('SELECT id, holder_id AS holder, state, minor, credited_minor AS credited FROM top_up'),
    uses: all<{ id: string; eurMinor: number }>('SELECT payment_id AS id, eur_minor AS eurMinor FROM limit_use'),
    mails: all<{ recipient: string; subject: string; state: string }>('SELECT recipient, subject, state FROM mail'),
  }
}
type Service = ReturnType<typeof readService>

export type Seen = {
  readonly people: People
  readonly wishes: readonly Wish[]
  /** Every answer that left the service, by command, as canonical JSON. */
  readonly answers: ReadonlyMap<string, ReadonlySet<string>>
  /** What the mail server was given: recipient and subject. */
  readonly mailed: ReadonlySet<string>
}

function* auditBook({ states, postings, holds, payments, topUps, orders, uses }: Service): Generator<string> {
  yield* violations({ accounts: states, postings, holds }, digest)
  const sums = new Map<string, bigint>()
  for (const { id, posted } of states) {
    const currency = parseAccountId(id)?.currency ?? ''
    sums.set(currency, (sums.get(currency) ?? 0n) + posted)
  }
  for (const [currency, sum] of sums) if (sum !== 0n) yield `the book in ${currency} sums to ${sum}`
  for (const { id, subject } of holds) yield `the hold ${id} of ${subject} was never resolved`
  const bySubject = new Map<string, typeof postings>()
  for (const posting of postings) bySubject.set(posting.subject, [...(bySubject.get(posting.subject) ?? []), posting])
  const expected = new Map<string, { account: string; minor: bigint }>()
  for (const { id, holder, state, minor, currency } of payments)
    if (state === 'captured') expected.set(id, { account: `holder:${holder}:${currency}`, minor: -BigInt(minor) })
  for (const { id, holder, state, minor, credited } of topUps) {
    if (state !== 'credited') continue
    if (credited !== minor) yield `top-up ${id} of ${minor} was credited with ${credited}`
    expected.set(id, { account: `holder:${holder}`, minor: BigInt(minor) })
  }
  for (const [subject, { account, minor }] of expected) {
    const [posting, second] = bySubject.get(subject) ?? []
    const own = posting?.legs.find(leg => leg.account.startsWith(account))
    if (!posting || second) yield `${subject} stands ${posting ? 'twice' : 'nowhere'} in the book`
    else if (own?.minor !== minor) yield `${subject} moved ${own?.minor} where ${minor} was due`
  }
  for (const subject of bySubject.keys()) if (!expected.has(subject)) yield `money moved for ${subject}, which is nothing that was wished`
  const captured = payments.filter(({ state }) => state === 'captured')
  for (const { id, state, paymentId } of orders) {
    const paid = captured.filter(({ orderId }) => orderId === id)
    if (paid.length > 1) yield `the order ${id} was paid ${paid.length} times`
    if ((state === 'paid') !== (paid.length === 1) || (paid[0]?.id ?? null) !== paymentId)
      yield `the order ${id} is ${state} and was paid ${paid.length} times`
  }
  const used = new Map(uses.map(({ id, eurMinor }) => [id, BigInt(eurMinor)]))
  for (const { id, minor, currency } of captured)
    if (currency === 'EUR' ? used.get(id) !== BigInt(minor) : !used.has(id)) yield `the payment ${id} took ${used.get(id)} from the limits`
  for (const id of used.keys()) if (!captured.some(payment => payment.id === id)) yield `${id} took from the limits and was not paid`
}

/** A feed has no gap above what is compacted of it, and its last compacted row is left. */
function hasGap(rows: readonly { readonly n: number }[], compactedTo: number, last: number): boolean {
  const above = rows.filter(({ n }) => n > compactedTo)
  const isWhole = above.every(({ n }, at) => n === compactedTo + at + 1) && above.length === last - compactedTo
  return !isWhole || (compactedTo > 0 && rows.findLast(({ n }) => n <= compactedTo)?.n !== compactedTo)
}

/** A feed has no gap, tells each thing once, and what it tells of a payment follows from what it told before. */
function* auditFeed(holder: string, { feed, lasts, compactedTo, payments, topUps, postings, states }: Service): Generator<string> {
  const rows = feed.get(holder) ?? []
  if (hasGap(rows, compactedTo.get(holder) ?? 0, lasts.get(holder) ?? 0)) yield `the feed of ${holder} has a gap`
  const available = new Map<string, bigint>()
  const told = { payments: new Map<string, string>(), topUps: new Map<string, string>(), postings: new Map<string, number>() }
  for (const { event } of rows) {
    if (event.type === 'balance' || event.type === 'posting') {
      const { currency, available: free } = event.balance
      available.set(currency, parseDecimal(currency, free.value)?.minor ?? 0n)
    }
    if (event.type === 'posting') told.postings.set(event.posting.id, (told.postings.get(event.posting.id) ?? 0) + 1)
    if (event.type === 'top_up') told.topUps.set(event.topUp.id, event.topUp.state)
    if (event.type !== 'payment') continue
    const { id, state, decline, total } = event.payment
    if (told.payments.has(id)) yield `the payment ${id} was told twice`
    told.payments.set(id, state)
    const due = parseDecimal(total.currency, total.value)?.minor ?? 0n
    if (decline?.code === 'insufficient_funds' && (available.get(total.currency) ?? 0n) >= due)
      yield `the payment ${id} was declined for want of money that was there`
    if (decline?.code === 'currency_not_held' && available.has(total.currency))
      yield `the payment ${id} was declined for want of an account that was there`
  }
  for (const { id, holder: of, state } of payments)
    if (of === holder && told.payments.get(id) !== state) yield `the payment ${id} is ${state} and was told as ${told.payments.get(id)}`
  for (const { id, holder: of, state } of topUps)
    if (of === holder && told.topUps.get(id) !== state) yield `the top-up ${id} is ${state} and was told as ${told.topUps.get(id)}`
  for (const { id, legs } of postings)
    if (legs.some(leg => parseAccountId(leg.account)?.owner === holder) && told.postings.get(id) !== 1)
      yield `the posting ${id} was told ${told.postings.get(id) ?? 0} times`
  for (const { id, posted, held } of states) {
    const name = parseAccountId(id)
    if (name?.owner === holder && available.get(name.currency) !== posted - held) yield `the feed tells another balance of ${id}`
  }
}

/** The first answer is the answer for ever, and what was told stands. */
function* auditAnswers(
  { commands, payments, postings, mails }: Service,
  { wishes, answers, mailed }: Seen,
  known: ReadonlySet<string>,
): Generator<string> {
  for (const [id, told] of answers) {
    const kept = commands.get(id)
    if (told.size > 1) yield `the command ${id} was answered in ${told.size} ways`
    else if (!kept) yield `the command ${id} was answered and is not kept`
    else if (!told.has(canonicalJson(JSON.parse(kept.answer)))) yield `the command ${id} was answered otherwise than is kept`
  }
  for (const id of commands.keys()) if (!known.has(id)) yield `the command ${id} was sent by nobody who knows of it`
  for (const { id, type, told } of wishes) {
    if (told === 'nothing') continue
    const kept = commands.get(id)
    if (!kept && told !== 'pending') yield `${type} ${id} was told as ${told} and is not kept`
    if (type !== 'payment.confirm') continue
    const moved = postings.filter(({ subject }) => subject === id).length
    const payment = payments.find(one => one.id === id)
    if (told === 'captured' && (payment?.state !== 'captured' || moved !== 1))
      yield `the payment ${id} was told as captured and is ${payment?.state}`
    if (told === 'declined' && (moved > 0 || payment?.state === 'captured')) yield `the payment ${id} was told as declined and was made`
  }
  for (const { recipient, subject, state } of mails)
    if (state === 'sent' && !mailed.has(`${recipient} ${subject}`)) yield `the mail "${subject}" is said to be sent and was not`
}

export type WalletBook = { readonly wallet: number; readonly holder: string; readonly db: Database }

const movementStates: Readonly<Record<string, string>> = {
  ...{ captured: 'done', credited: 'done', declined: 'declined', cancelled: 'cancelled', expired: 'expired' },
  ...{ instructed: 'pending', detected: 'pending' },
}

/** The mirror of a wallet is the book of the service, word for word. */
function* auditWallet({ wallet, holder, db }: WalletBook, service: Service, { wishes }: Seen): Generator<string> {
  const who = `wallet${wallet}`
  const book = createWalletBook(db)
  const last = service.lasts.get(holder) ?? 0
  if (book.cursor() !== last) yield `${who} stands at ${book.cursor()} of ${last}`
  const balances = new Map(book.balances().map(row => [row.currency as string, row]))
  const heads = new Map(book.heads().map(row => [row.currency as string, row]))
  const own = service.states.filter(({ id }) => parseAccountId(id)?.owner === holder)
  if (balances.size !== own.length) yield `${who} has ${balances.size} balances of ${own.length}`
  for (const { id, posted, held, version, chain } of own) {
    const currency = parseAccountId(id)?.currency ?? ''
    const mine = balances.get(currency)
    if (mine?.postedMinor !== posted || mine.heldMinor !== held || mine.version !== version)
      yield `${who} shows ${mine?.postedMinor}/${mine?.heldMinor} ${currency} where the service has ${posted}/${held}`
    if (version > 0 && heads.get(currency)?.chain !== chain) yield `${who} has another chain of ${currency}`
  }
  const movements = new Map(
    db
      .prepare<{ id: string; state: string; count: number }>(
        'SELECT m.id, f.state, count(*) AS count FROM movement m JOIN movement_facet f ON f.n = m.facet GROUP BY m.id',
      )
      .all()
      .map(row => [row.id, row]),
  )
  const mine = [...service.payments, ...service.topUps].filter(row => row.holder === holder)
  for (const { id, state } of mine) {
    const kind = service.payments.some(one => one.id === id) ? 'payment' : 'top_up'
    const json = book.document(kind, id)
    const shown: { state?: string } = json === undefined ? {} : JSON.parse(json)
    if (shown.state !== state) yield `${who} keeps ${id} as ${shown.state}, the service as ${state}`
    const movement = movements.get(id)
    if (movement?.state !== movementStates[state] || movement?.count !== 1)
      yield `${who} lists ${id} as ${movement?.state}, the service has it as ${state}`
  }
  const intents = db.prepare<{ id: string; type: string; answer: string | null }>('SELECT id, type, answer FROM intent').all()
  for (const { id, answer } of intents) {
    const kept = service.commands.get(id)
    if (answer === null) yield `${who} still waits for an answer to ${id}`
    else if (kept ? canonicalJson(JSON.parse(kept.answer)) !== canonicalJson(JSON.parse(answer)) : JSON.parse(answer).ok)
      yield `${who} keeps another answer to ${id} than the service`
  }
  for (const { id, wallet: by, told, type } of wishes)
    if (by === wallet && told !== 'nothing' && type !== 'other' && !intents.some(intent => intent.id === id))
      yield `${who} told of ${id} as ${told} and knows nothing of it any more`
}

/** Everything that must hold once all is quiet. Empty where it does. */
export function audit(db: Database, wallets: readonly WalletBook[], seen: Seen, atFirst: ReadonlySet<string>): readonly string[] {
  const service = readService(db)
  const known = new Set([
    ...atFirst,
    ...wallets.flatMap(({ db: book }) =>
      book
        .prepare<{ id: string }>('SELECT id FROM intent')
        .all()
        .map(({ id }) => id),
    ),
  ])
  return [
    ...auditBook(service),
    ...seen.people.holders.flatMap(({ id }) => [...auditFeed(id, service)]),
    ...auditAnswers(service, seen, known),
    ...wallets.flatMap(wallet => [...auditWallet(wallet, service, seen)]),
  ]
}
