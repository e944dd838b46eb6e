import type { Events } from '#contracts/bridge/events.ts'
import type { FeedEvent, FeedPage } from '#contracts/service/feed.ts'
import { type Payment, payment as paymentShape, type TopUp, topUp as topUpShape } from '#contracts/wire/shapes.ts'
import type { CheckedHeads, FeedChange, MirroredPosting, WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import {
  directChanges,
  type Moved,
  minorOf,
  mirroredPosting,
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
  apply(after: number, page: FeedPage, heads?: CheckedHeads): Promise<News | undefined>
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

type Memory = {
  readonly payments: Map<string, Payment>
  readonly topUps: Map<string, TopUp>
  readonly postings: Map<string, MirroredPosting[]>
  /** Posted balances, by currency and version. */
  readonly posted: Map<string, bigint>
}

function remember(events: readonly FeedEvent[]): Memory {
  const memory: Memory = { payments: new Map(), topUps: new Map(), postings: new Map(), posted: new Map() }
  for (const event of events) {
    if (event.type === 'payment') memory.payments.set(event.payment.id, event.payment)
    if (event.type === 'top_up') memory.topUps.set(event.topUp.id, event.topUp)
    if (event.type !== 'posting') continue
    const posting = mirroredPosting(event.posting)
    memory.postings.set(posting.subject, [...(memory.postings.get(posting.subject) ?? []), posting])
    memory.posted.set(`${event.balance.currency} ${event.version}`, minorOf(event.balance.posted))
  }
  return memory
}

export function createMirror(store: WalletStore, clock: Clock): Mirror {
  const inTurn = createTurns()
  let isClosed = false

  async function paymentOf(id: string): Promise<Payment | undefined> {
    const json = await store.document('payment', id)
    return json === undefined ? undefined : paymentShape.parse(JSON.parse(json))
  }
  async function topUpOf(id: string): Promise<TopUp | undefined> {
    const json = await store.document('top_up', id)
    return json === undefined ? undefined : topUpShape.parse(JSON.parse(json))
  }

  async function movedBy(subject: string, memory: Memory): Promise<Moved | undefined> {
    const stored = await store.postingsOf(subject)
    const fresh = (memory.postings.get(subject) ?? []).filter(({ id }) => !stored.some(old => old.id === id))
    const postings = [...stored, ...fresh].filter(({ kind }) => kind !== 'reversal')
    const own = postings.flatMap(posting => posting.legs.filter(leg => leg.own))
    const newest = own.reduce((a, b) => (b.version > (a?.version ?? -1) ? b : a), own[0])
    if (!newest) return undefined
    const earlier = (await store.movement(subject))?.afterMinor ?? null
    const atBalance = (await store.balances()).find(({ currency, version }) => currency === newest.currency && version === newest.version)
    const afterMinor = memory.posted.get(`${newest.currency} ${newest.version}`) ?? atBalance?.postedMinor ?? earlier
    return { minor: own.reduce((sum, leg) => sum + leg.minor, 0n), afterMinor }
  }

  async function reversals(memory: Memory, subject: string, title: string): Promise<readonly FeedChange[]> {
    const postings = (memory.postings.get(subject) ?? []).filter(({ kind }) => kind === 'reversal')
    return postings.flatMap(posting => {
      const own = posting.legs.find(leg => leg.own)
      const after = own && memory.posted.get(`${own.currency} ${own.version}`)
      const movement = after === undefined ? undefined : movementOfReversal(posting, title, after)
      return movement ? [{ type: 'movement', movement }] : []
    })
  }

  /** One line of the history for each payment and top-up that the page touches, whichever of its news came first. */
  async function movements(memory: Memory): Promise<readonly FeedChange[]> {
    const subjects = new Set([...memory.payments.keys(), ...memory.topUps.keys(), ...memory.postings.keys()])
    const changes: FeedChange[] = []
    for (const subject of subjects) {
      const moved = await movedBy(subject, memory)
      const payment = memory.payments.get(subject) ?? (await paymentOf(subject))
      const topUp = memory.topUps.get(subject) ?? (await topUpOf(subject))
      const movement = payment ? movementOfPayment(payment, moved) : topUp ? movementOfTopUp(topUp, moved) : undefined
      if (!movement) continue
      changes.push({ type: 'movement', movement }, ...(await reversals(memory, subject, movement.title)))
    }
    return changes
  }

  /** Told where this wallet had seen the top-up before: a new device that catches up is not told of old money. */
  async function arrivals(memory: Memory): Promise<News['arrived']> {
    const arrived: Events['money.arrived'][] = []
    for (const topUp of memory.topUps.values()) {
      if (topUp.state !== 'credited' || !topUp.credited) continue
      const before = await topUpOf(topUp.id)
      if (before && before.state !== 'credited') arrived.push({ subject: topUp.id, amount: topUp.credited })
    }
    return arrived
  }

  async function applyHere(changes: readonly FeedChange[]): Promise<void> {
    const at = await store.cursor()
    await store.applyFeed({ after: at, until: at, changes })
  }

  return {
    apply: (after, { rows }, heads) =>
      inTurn(async () => {
        if (isClosed) return undefined
        const events = rows.map(({ event }) => event)
        const memory = remember(events)
        const arrived = await arrivals(memory)
        const changes = [...events.flatMap(event => directChanges(event, clock.now())), ...(await movements(memory))]
        const isApplied = await store.applyFeed({ after, until: after + rows.length, changes, heads })
        return isApplied ? { topics: new Set(events.flatMap(({ type }) => topicsOf[type])), arrived } : undefined
      }),

    forget: () => inTurn(() => store.forgetBook()),

    keepPending: payment =>
      inTurn(async () => {
        if (isClosed || (await paymentOf(payment.id))) return
        await applyHere([paymentDocument(payment), { type: 'movement', movement: movementOfPayment(payment, undefined) }])
      }),

    keepAnswer: ({ payment, topUp }) =>
      inTurn(async () => {
        const changes: FeedChange[] = []
        if (payment && isNews(paymentProgress, payment, await paymentOf(payment.id))) {
          const moved = await movedBy(payment.id, remember([]))
          changes.push(paymentDocument(payment), { type: 'movement', movement: movementOfPayment(payment, moved) })
        }
        if (topUp && isNews(topUpProgress, topUp, await topUpOf(topUp.id))) {
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
