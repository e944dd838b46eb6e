import type { FeedEvent } from '#contracts/service/feed.ts'
import { type Payment, payment as paymentShape, type TopUp, topUp as topUpShape } from '#contracts/wire/shapes.ts'
import type { BalanceRow, FeedChange, MirroredPosting, WalletStore } from '#core/wallet/store.ts'
import { directChanges, type Moved, movementOfPayment, movementOfReversal, movementOfTopUp } from './movements.ts'

/** What pages tell, by subject. */
export type Told = {
  readonly payments: ReadonlyMap<string, Payment>
  readonly topUps: ReadonlyMap<string, TopUp>
  readonly postings: ReadonlyMap<string, readonly MirroredPosting[]>
  /** What the events keep as they stand. */
  readonly direct: readonly FeedChange[]
  /** Posted balances, by currency and version. */
  readonly posted: ReadonlyMap<string, bigint>
  /** The lines of the history of each subject, as they are where the book has nothing of it. */
  readonly lines: ReadonlyMap<string, readonly FeedChange[]>
}

/** A posting that is told again is the same one: whether it has the same legs is the book's to say. */
const withoutCopies = (known: readonly MirroredPosting[] | undefined, more: readonly MirroredPosting[]): readonly MirroredPosting[] =>
  known ? [...known, ...more.filter(({ id }) => !known.some(one => one.id === id))] : more

/** Asks nothing of the book: a page is read while the one before it is written. */
export function toldBy(events: readonly FeedEvent[], now: number): Told {
  const payments = new Map<string, Payment>()
  const topUps = new Map<string, TopUp>()
  const postings = new Map<string, readonly MirroredPosting[]>()
  const posted = new Map<string, bigint>()
  const direct: FeedChange[] = []
  for (const event of events) {
    if (event.type === 'payment') payments.set(event.payment.id, event.payment)
    if (event.type === 'top_up') topUps.set(event.topUp.id, event.topUp)
    const changes = directChanges(event, now)
    direct.push(...changes)
    const [change, after] = changes
    if (change?.type !== 'posting' || after?.type !== 'balance') continue
    const { posting } = change
    postings.set(posting.subject, withoutCopies(postings.get(posting.subject), [posting]))
    posted.set(`${after.balance.currency} ${after.balance.version}`, after.balance.postedMinor)
  }
  const told = { payments, topUps, postings, posted, direct }
  return { ...told, lines: new Map(subjectsOf(told).map(subject => [subject, linesOf(subject, told, nothing)])) }
}

/** What pages that follow each other tell together. */
export function toldTogether(pages: readonly Told[]): Told {
  const [first, ...others] = pages
  if (first && others.length === 0) return first
  const postings = new Map<string, readonly MirroredPosting[]>()
  for (const page of pages) for (const [subject, more] of page.postings) postings.set(subject, withoutCopies(postings.get(subject), more))
  const lines = new Map<string, readonly FeedChange[]>()
  const told = {
    payments: new Map(pages.flatMap(page => [...page.payments])),
    topUps: new Map(pages.flatMap(page => [...page.topUps])),
    posted: new Map(pages.flatMap(page => [...page.posted])),
    direct: pages.flatMap(page => page.direct),
    postings,
  }
  const again = new Set<string>()
  for (const page of pages)
    for (const [subject, changes] of page.lines) {
      if (lines.has(subject)) again.add(subject)
      lines.set(subject, changes)
    }
  for (const subject of again) lines.set(subject, linesOf(subject, told, nothing))
  return { ...told, lines }
}

/** What the book had before: of the subjects that are told of, and what its accounts held. */
export type Before = {
  readonly has: (subject: string) => boolean
  readonly payment: (id: string) => Payment | undefined
  readonly topUp: (id: string) => TopUp | undefined
  readonly postings: (subject: string) => readonly MirroredPosting[]
  readonly afterMinor: (subject: string) => bigint | null
  readonly balances: readonly BalanceRow[]
}

const nothing: Before = {
  has: () => false,
  payment: () => undefined,
  topUp: () => undefined,
  postings: () => [],
  afterMinor: () => null,
  balances: [],
}

/** Asked once: a question for each subject would cost more than writing it. */
export async function before(store: Pick<WalletStore, 'known' | 'balances'>, subjects: readonly string[]): Promise<Before> {
  const known = await store.known(subjects)
  const balances = known.size > 0 ? await store.balances() : []
  const parsed = <T>(shape: { parse(value: unknown): T }, json: string | undefined): T | undefined =>
    json === undefined ? undefined : shape.parse(JSON.parse(json))
  return {
    has: subject => known.has(subject),
    payment: id => parsed(paymentShape, known.get(id)?.payment),
    topUp: id => parsed(topUpShape, known.get(id)?.topUp),
    postings: subject => known.get(subject)?.postings ?? [],
    afterMinor: subject => known.get(subject)?.movement?.afterMinor ?? null,
    balances,
  }
}

export function movedBy(subject: string, told: Pick<Told, 'postings' | 'posted'>, here: Before): Moved | undefined {
  const stored = here.postings(subject)
  const fresh = (told.postings.get(subject) ?? []).filter(({ id }) => !stored.some(old => old.id === id))
  const postings = [...stored, ...fresh].filter(({ kind }) => kind !== 'reversal')
  const own = postings.flatMap(posting => posting.legs.filter(leg => leg.own))
  const newest = own.reduce((a, b) => (b.version > (a?.version ?? -1) ? b : a), own[0])
  if (!newest) return undefined
  const atBalance = here.balances.find(({ currency, version }) => currency === newest.currency && version === newest.version)
  const afterMinor = told.posted.get(`${newest.currency} ${newest.version}`) ?? atBalance?.postedMinor ?? here.afterMinor(subject)
  return { minor: own.reduce((sum, leg) => sum + leg.minor, 0n), afterMinor }
}

function reversals(told: Pick<Told, 'postings' | 'posted'>, subject: string, title: string): readonly FeedChange[] {
  const postings = (told.postings.get(subject) ?? []).filter(({ kind }) => kind === 'reversal')
  return postings.flatMap(posting => {
    const own = posting.legs.find(leg => leg.own)
    const after = own && told.posted.get(`${own.currency} ${own.version}`)
    const movement = after === undefined ? undefined : movementOfReversal(posting, title, after)
    return movement ? [{ type: 'movement', movement }] : []
  })
}

export const subjectsOf = ({ payments, topUps, postings }: Pick<Told, 'payments' | 'topUps' | 'postings'>): readonly string[] => [
  ...new Set([...payments.keys(), ...topUps.keys(), ...postings.keys()]),
]

/** One line of the history for a payment or top-up that is told of, whichever of its news came first, and one for each of its reversals. */
function linesOf(subject: string, told: Omit<Told, 'lines' | 'direct'>, here: Before): readonly FeedChange[] {
  const moved = movedBy(subject, told, here)
  const payment = told.payments.get(subject) ?? here.payment(subject)
  const topUp = told.topUps.get(subject) ?? here.topUp(subject)
  const movement = payment ? movementOfPayment(payment, moved) : topUp ? movementOfTopUp(topUp, moved) : undefined
  return movement ? [{ type: 'movement', movement }, ...reversals(told, subject, movement.title)] : []
}

/** All that is to be written of what is told. */
export const changesOf = (told: Told, here: Before): readonly FeedChange[] => [
  ...told.direct,
  ...[...told.lines].flatMap(([subject, lines]) => (here.has(subject) ? linesOf(subject, told, here) : lines)),
]
