import type { Events } from '#contracts/bridge/events.ts'
import type { FeedEvent } from '#contracts/service/feed.ts'
import type { Payment, SecurityEvent, TopUp } from '#contracts/wire/shapes.ts'
import type { CheckedHeads, FeedChange, WalletStore } from '#core/wallet/store.ts'
import type { Clock } from '../ports.ts'
import { endOf, type ToldPage } from './heads.ts'
import { movementOfPayment, movementOfTopUp, paymentDocument, topUpDocument } from './movements.ts'
import { type Before, before, changesOf, movedBy, subjectsOf, type Told, toldBy, toldTogether } from './told.ts'
import { createTurns } from './turns.ts'

export type Topic = Events['data.changed']['topics'][number]
export type News = {
  readonly topics: ReadonlySet<Topic>
  readonly arrived: readonly Events['money.arrived'][]
  /** What is told of the safety of the account. */
  readonly security?: readonly SecurityEvent[]
}

/** Writes what the service says into the wallet's book, one at a time, so that news and own answers never overtake each other. */
export type Mirror = {
  /** Reads a page before its turn, so that less is left to do when it is applied. */
  read(page: ToldPage): void
  /**
   * Applies pages that follow each other, with the cursor, in one transaction. Undefined where they do not follow the cursor: nothing changed, ask again.
   * Throws `ProviderMismatch` where they do not follow from the book.
   */
  apply(after: number, pages: readonly ToldPage[], heads?: CheckedHeads): Promise<News | undefined>
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
  risk: ['risk', 'payments'],
  security: ['devices'],
  safety: ['safety'],
  identity: ['identity'],
} as const satisfies Record<FeedEvent['type'], readonly Topic[]>

/** How far each state is: a state never goes back, so what is further is newer. */
const paymentProgress = { pending: 0, held: 1, captured: 2, declined: 2, voided: 2 } as const satisfies Record<Payment['state'], number>
const topUpProgress = { instructed: 0, detected: 1, credited: 2, cancelled: 2, expired: 2 } as const satisfies Record<
  TopUp['state'],
  number
>

const isNews = <S extends string>(progress: Record<S, number>, told: { state: S }, known: { state: S } | undefined): boolean =>
  known === undefined || progress[told.state] > progress[known.state]

const noNews = { postings: new Map(), posted: new Map() }

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
  const readings = new WeakMap<ToldPage, Told>()
  let isClosed = false

  function read(page: ToldPage): Told {
    const told =
      readings.get(page) ??
      toldBy(
        page.rows.map(({ event }) => event),
        clock.now(),
      )
    readings.set(page, told)
    return told
  }

  async function applyHere(changes: readonly FeedChange[]): Promise<void> {
    const at = await store.cursor()
    await store.applyFeed({ after: at, until: at, changes })
  }

  return {
    read,

    apply: (after, pages, heads) =>
      inTurn(async () => {
        if (isClosed) return undefined
        const told = toldTogether(pages.map(read))
        const here = await before(store, subjectsOf(told))
        const isApplied = await store.applyFeed({ after, until: pages.reduce(endOf, after), changes: changesOf(told, here), heads })
        const events = pages.flatMap(page => page.rows.map(({ event }) => event))
        if (!isApplied) return undefined
        const security = events.flatMap(event => (event.type === 'security' ? [event.event] : []))
        return { topics: new Set(events.flatMap(({ type }): readonly Topic[] => topicsOf[type])), arrived: arrivals(told, here), security }
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
          const moved = movedBy(payment.id, noNews, here)
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
