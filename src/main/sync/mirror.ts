import type { Events } from '#contracts/bridge/events.ts'
import type { FeedEvent } from '#contracts/service/feed.ts'
import { type Payment, payment as paymentShape, type TopUp, topUp as topUpShape } from '#contracts/wire/shapes.ts'
import type { BalanceRow, CheckedHeads, FeedChange, MirroredPosting, WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import { endOf, type ToldPage } from './heads.ts'
import {
  directChanges,
  type Moved,
  minorOf,
  movementOfPayment,
  movementOfReversal,
  movementOfTopUp,
  paymentDocument,
  topUpDocument,
} from './movements.ts'
import { createTurns } from './turns.ts'

export type Topic = Events['data.changed']['topics'][number]
export type News = { readonly topics: ReadonlySet<Topic>; readonly arrived: readonly Events['money.arrived'][] }

/** Writes what the service says into the wallet's book, one at a time, so that news and own answers never overtake each other. */
export type Mirror = {
  /**
   * Applies a page with its cursor. Undefined where it does not follow the cursor: nothing changed, ask again. Throws `ProviderMismatch` where it does not
   * follow from the book.
   */
  apply(after: number, page: ToldPage, heads?: CheckedHeads): Promise<News | undefined>
  /** Forgets what the service told, so that it is read anew from its first row. */
  forget(): Promise<void>
  /** Shows a saved intent as pending, unless the service has spoken of it already. */
  keepPending(payment: Payment): Promise<void>
  /** An answer that came before its news. Never replaces what the feed has said since. */
  keepAnswer(answer: { readonly payment?: Payment; readonly topUp?: TopUp }): Promise<void>
  /** Lets what is being written finish, and writes nothing any more. */
  close(): Promise<void>
}

const topicsOf = {
  profile: ['account'],
  balance: ['balances'],
  posting: ['balances', 'history'],
  top_up: ['topUps', 'history'],
  payment: ['payments', 'history'],
  limits: ['limits'],
  question: ['support'],
  personal: ['personal'],
} as const satisfies Record<FeedEvent['type'], readonly Topic[]>

/** How far each state is: a state never goes back, so what is further is newer. */
const paymentProgress = { pending: 0, held: 1, captured: 2, declined: 2, voided: 2 } as const satisfies Record<Payment['state'], number>
const topUpProgress = { instructed: 0, detected: 1, credited: 2, cancelled: 2, expired: 2 } as const satisfies Record<
  TopUp['state'],
  number
>

const isNews = <S extends string>(progress: Record<S, number>, told: { state: S }, known: { state: S } | undefined): boolean =>
  known === undefined || progress[told.state] > progress[known.state]

/** What a page tells, by subject. */
type Told = {
  readonly payments: ReadonlyMap<string, Payment>
  readonly topUps: ReadonlyMap<string, TopUp>
  readonly postings: ReadonlyMap<string, readonly MirroredPosting[]>
  /** What the events keep as they stand. */
  readonly direct: readonly FeedChange[]
  /** Posted balances, by currency and version. */
  readonly posted: ReadonlyMap<string, bigint>
}

function toldBy(events: readonly FeedEvent[], now: number): Told {
  const payments = new Map<string, Payment>()
  const topUps = new Map<string, TopUp>()
  const postings = new Map<string, MirroredPosting[]>()
  const posted = new Map<string, bigint>()
  const direct: FeedChange[] = []
  for (const event of events) {
    if (event.type === 'payment') payments.set(event.payment.id, event.payment)
    if (event.type === 'top_up') topUps.set(event.topUp.id, event.topUp)
    const changes = directChanges(event, now)
    direct.push(...changes)
    const [change] = changes
    if (event.type !== 'posting' || change?.type !== 'posting') continue
    const { posting } = change
    const others = postings.get(posting.subject)
    if (others) others.push(posting)
    else postings.set(posting.subject, [posting])
    posted.set(`${event.balance.currency} ${event.version}`, minorOf(event.balance.posted))
  }
  return { payments, topUps, postings, posted, direct }
}

/** What the book had before: of the subjects that a page touches, and what its accounts held. */
type Before = {
  readonly payment: (id: string) => Payment | undefined
  readonly topUp: (id: string) => TopUp | undefined
  readonly postings: (subject: string) => readonly MirroredPosting[]
  readonly afterMinor: (subject: string) => bigint | null
  readonly balances: readonly BalanceRow[]
}

/** Asked once a page: a question for each subject would cost more than writing it. */
async function before(store: WalletStore, subjects: readonly string[]): Promise<Before> {
  const known = await store.known(subjects)
  const balances = known.size > 0 ? await store.balances() : []
  const parsed = <T>(shape: { parse(value: unknown): T }, json: string | undefined): T | undefined =>
    json === undefined ? undefined : shape.parse(JSON.parse(json))
  return {
    payment: id => parsed(paymentShape, known.get(id)?.payment),
    topUp: id => parsed(topUpShape, known.get(id)?.topUp),
    postings: subject => known.get(subject)?.postings ?? [],
    afterMinor: subject => known.get(subject)?.movement?.afterMinor ?? null,
    balances,
  }
}

function movedBy(subject: string, told: Told, here: Before): Moved | undefined {
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

function reversals(told: Told, subject: string, title: string): readonly FeedChange[] {
  const postings = (told.postings.get(subject) ?? []).filter(({ kind }) => kind === 'reversal')
  return postings.flatMap(posting => {
    const own = posting.legs.find(leg => leg.own)
    const after = own && told.posted.get(`${own.currency} ${own.version}`)
    const movement = after === undefined ? undefined : movementOfReversal(posting, title, after)
    return movement ? [{ type: 'movement', movement }] : []
  })
}

const subjectsOf = ({ payments, topUps, postings }: Told): readonly string[] => [
  ...new Set([...payments.keys(), ...topUps.keys(), ...postings.keys()]),
]

/** One line of the history for each payment and top-up that the page touches, whichever of its news came first. */
function movements(told: Told, here: Before): readonly FeedChange[] {
  return subjectsOf(told).flatMap(subject => {
    const moved = movedBy(subject, told, here)
    const payment = told.payments.get(subject) ?? here.payment(subject)
    const topUp = told.topUps.get(subject) ?? here.topUp(subject)
    const movement = payment ? movementOfPayment(payment, moved) : topUp ? movementOfTopUp(topUp, moved) : undefined
    return movement ? [{ type: 'movement', movement }, ...reversals(told, subject, movement.title)] : []
  })
}

/** Told where this wallet had seen the top-up before: a new device that catches up is not told of old money. */
function arrivals({ topUps }: Told, here: Before): News['arrived'] {
  return [...topUps.values()].flatMap(({ id, state, credited }) => {
    if (state !== 'credited' || !credited) return []
    const known = here.topUp(id)
    return known && known.state !== 'credited' ? [{ subject: id, amount: credited }] : []
  })
}

export function createMirror(store: WalletStore, clock: Clock): Mirror {
  const inTurn = createTurns()
  let isClosed = false

  async function applyHere(changes: readonly FeedChange[]): Promise<void> {
    const at = await store.cursor()
    await store.applyFeed({ after: at, until: at, changes })
  }

  return {
    apply: (after, page, heads) =>
      inTurn(async () => {
        if (isClosed) return undefined
        const events = page.rows.map(({ event }) => event)
        const told = toldBy(events, clock.now())
        const here = await before(store, subjectsOf(told))
        const changes = [...told.direct, ...movements(told, here)]
        const isApplied = await store.applyFeed({ after, until: endOf(after, page), changes, heads })
        return isApplied ? { topics: new Set(events.flatMap(({ type }) => topicsOf[type])), arrived: arrivals(told, here) } : undefined
      }),

    forget: () => inTurn(() => store.forgetBook()),

    keepPending: payment =>
      inTurn(async () => {
        if (isClosed || (await store.document('payment', payment.id)) !== undefined) return
        await applyHere([paymentDocument(payment), { type: 'movement', movement: movementOfPayment(payment, undefined) }])
      }),

    keepAnswer: ({ payment, topUp }) =>
      inTurn(async () => {
        const changes: FeedChange[] = []
        const here = await before(
          store,
          [payment, topUp].flatMap(subject => (subject ? [subject.id] : [])),
        )
        if (payment && isNews(paymentProgress, payment, here.payment(payment.id))) {
          const moved = movedBy(payment.id, toldBy([], clock.now()), here)
          changes.push(paymentDocument(payment), { type: 'movement', movement: movementOfPayment(payment, moved) })
        }
        if (topUp && isNews(topUpProgress, topUp, here.topUp(topUp.id))) {
          changes.push(topUpDocument(topUp), { type: 'movement', movement: movementOfTopUp(topUp, undefined) })
        }
        if (changes.length > 0 && !isClosed) await applyHere(changes)
      }),

    close() {
      isClosed = true
      return inTurn(async () => {})
    },
  }
}
