import { command } from '#contracts/service/commands.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import type { AccountState } from '#core/ledger/account.ts'
import type { Network } from '#main/ports.ts'
import type { KeptCommand, ServiceStore, Tx } from '#storage/serviceStore.ts'
import type { Database, SqlValue } from '#storage/sqlite/connection.ts'
import { type Device, signed, startsAt } from './people.ts'
import type { Planted } from './plantable.ts'
import { randomOf } from './random.ts'

/** Stands between the features and the real repositories. */
const inTransactions = (change: (tx: Tx) => Partial<Tx>): NonNullable<Planted['serviceStore']> => {
  return store => {
    const changed = (tx: Tx): Tx => ({ ...tx, ...change(tx) })
    return { ...store, write: work => store.write(tx => work(changed(tx))), read: work => store.read(tx => work(changed(tx))) }
  }
}

/** True at each `n`-th call. */
const every = (n: number): (() => boolean) => {
  let count = 0
  return () => {
    count += 1
    return count % n === 0
  }
}

/** The command of a request; undefined for all others. */
const commandIn = (init: RequestInit) =>
  typeof init.body === 'string' && init.method === 'POST' ? command.safeParse(JSON.parse(init.body)).data : undefined

function newIdOnRetry(network: Network, device: Device): Network {
  const sent = new Set<string>()
  return {
    ...network,
    fetch(url, init) {
      const told = commandIn(init)
      if (!told) return network.fetch(url, init)
      if (!sent.has(told.id)) {
        sent.add(told.id)
        return network.fetch(url, init)
      }
      const id = uuidV7(startsAt, randomOf('new id', told.id, sent.size).bytes(10))
      sent.add(id)
      const again = signed(device, { id, type: told.type, body: told.body as never, at: Date.parse(told.madeAt) })
      return network.fetch(url, { ...init, body: JSON.stringify(again) })
    },
  }
}

/** The answer gets its row in a transaction of its own, after the one that did what was asked. */
const answerAfterwards = (store: ServiceStore): ServiceStore => ({
  ...store,
  async write(work) {
    const waiting: KeptCommand[] = []
    const value = await store.write(tx => work({ ...tx, commands: { ...tx.commands, keep: async kept => void waiting.push(kept) } }))
    for (const kept of waiting) await store.write(tx => tx.commands.keep(kept))
    return value
  },
})

/** Numbers that were given stay given, as with a sequence, also where the transaction came to nothing. */
const numberBeforeCommit: NonNullable<Planted['serviceStore']> = (store, disk) => ({
  ...store,
  async write(work) {
    const given: string[] = []
    try {
      return await store.write(tx =>
        work({
          ...tx,
          feed: {
            ...tx.feed,
            append: (holder, json, at) => {
              given.push(holder)
              return tx.feed.append(holder, json, at)
            },
          },
        }),
      )
    } catch (error) {
      if (!disk.isWriting())
        for (const holder of given) disk.durable().prepare('UPDATE feed_head SET last = last + 1 WHERE holder_id = ?').run(holder)
      throw error
    }
  },
})

function unlinked(db: Database): Database {
  const isChain = (value: SqlValue): boolean => typeof value === 'string' && /^[\w-]{43}$/.test(value)
  const isThird = every(3)
  return {
    ...db,
    prepare<Row>(sql: string, shape: { readonly bigints?: boolean; readonly arrays?: boolean } = {}) {
      const statement = db.prepare<Row>(sql, shape)
      if (!/INSERT INTO ledger_leg/.test(sql)) return statement
      return {
        ...statement,
        run: (...values) => {
          const isWrong = isThird()
          return statement.run(...values.map(value => (isWrong && isChain(value) ? 'A'.repeat(43) : value)))
        },
      }
    },
  }
}

type Heads = Map<string, readonly AccountState[]>

/** One look behind. */
const olderAccounts = (seen: Heads) =>
  inTransactions(tx => ({
    ledger: {
      ...tx.ledger,
      accountsOf: async owner => {
        const now = await tx.ledger.accountsOf(owner)
        const before = seen.get(owner) ?? now
        seen.set(owner, now)
        return before
      },
    },
  }))

const oldBalances = (seen: Map<string, AccountState>) =>
  inTransactions(tx => ({
    ledger: {
      ...tx.ledger,
      account: async id => {
        const found = seen.get(id) ?? (await tx.ledger.account(id))
        if (found) seen.set(id, found)
        return found
      },
    },
  }))

const lostEvents = (type: string, isLost: () => boolean) =>
  inTransactions(tx => ({
    feed: {
      ...tx.feed,
      append: (holder, json, at) =>
        json.startsWith(`{"type":"${type}"`) && isLost() ? tx.feed.last(holder) : tx.feed.append(holder, json, at),
    },
  }))

const problem = (code: string): string =>
  JSON.stringify({ type: `urn:okpay:decline:${code}`, title: code, status: 409, code, detail: {}, reference: '' })

/** Faults by name: each stands between two real parts, and each run gets a fresh one. */
export const plantedFaults: Readonly<Record<string, () => Planted>> = {
  'the service does not sync its commits': () => ({ isServiceSynced: every(12) }),
  'the wallet does not sync its commits': () => ({ isWalletSynced: every(12) }),
  'the outbox is saved after the sending': () => ({
    walletStore(store, process) {
      const unsaved = new Map<string, Awaited<ReturnType<typeof store.intent>>>()
      return Object.assign(Object.create(store), {
        saveIntent: async (intent: Parameters<typeof store.saveIntent>[0]) => {
          unsaved.set(intent.id, { ...intent, answer: null })
          process.after(2_000, () => void store.saveIntent(intent).catch(() => undefined))
        },
        intent: async (id: string) => (await store.intent(id)) ?? unsaved.get(id),
      })
    },
  }),
  'a page is applied twice': () => ({
    walletStore: store =>
      Object.assign(Object.create(store), {
        async applyFeed(page: Parameters<typeof store.applyFeed>[0]) {
          if (!(await store.applyFeed(page))) return false
          const again = page.changes.flatMap(change =>
            change.type === 'posting' ? [{ ...change, posting: { ...change.posting, id: `${change.posting.id} again` } }] : [],
          )
          return again.length === 0 || store.applyFeed({ after: page.until, until: page.until, changes: again })
        },
      }),
  }),
  'the cursor is saved in a transaction of its own': () => ({
    walletStore: store =>
      Object.assign(Object.create(store), {
        async applyFeed({ after, until, ...page }: Parameters<typeof store.applyFeed>[0]) {
          if (!(await store.applyFeed({ after, until: after, ...page }))) return false
          return store.applyFeed({ after, until, changes: [] })
        },
      }),
  }),
  'the answer is not saved with the command': () => ({ instanceStore: answerAfterwards }),
  'a retry has a new id': () => ({ network: newIdOnRetry }),
  'a feed number is given before the commit': () => ({ serviceStore: numberBeforeCommit }),
  'a hold is not released': () => ({
    serviceStore: inTransactions(tx => ({
      ledger: {
        ...tx.ledger,
        post: posted => {
          if (posted.type === 'hold') return tx.ledger.post({ ...posted, minor: posted.minor + 1n })
          return tx.ledger.post(posted.type === 'capture' ? { ...posted, final: false } : posted)
        },
      },
    })),
  }),
  'a payment is decided by an old balance': () => ({ serviceStore: oldBalances(new Map()) }),
  'an id is accepted again with another body': () => {
    const first = new Map<unknown, unknown>()
    return {
      door: asked => {
        if (asked.route !== 'command') return asked
        const { id } = asked.input
        const known = first.get(id) ?? asked.input
        first.set(id, known)
        return { ...asked, input: { ...(known as object) } }
      },
    }
  },
  'heads are signed of an older state': () => ({ serviceStore: olderAccounts(new Map()) }),
  'a posting is lost for the feed': () => ({ serviceStore: lostEvents('posting', every(3)) }),
  'a payment is lost for the feed': () => ({ serviceStore: lostEvents('payment', every(3)) }),
  'a posting goes with the rows that are compacted': () => ({
    serviceStore: inTransactions(tx => ({
      feed: {
        ...tx.feed,
        async compact(holder, before, step) {
          const rows = await tx.feed.dated(holder, before, 500)
          const posting = rows.find(({ n, json }) => n <= step.n && json.startsWith('{"type":"posting"'))
          return tx.feed.compact(holder, before, { ...step, removed: [...step.removed, ...(posting ? [posting.n] : [])] })
        },
      },
    })),
  }),
  'the newest row of a subject is compacted in place of the older one': () => ({
    serviceStore: inTransactions(tx => ({
      feed: {
        ...tx.feed,
        compact: (holder, before, step) =>
          tx.feed.compact(holder, before, { ...step, removed: step.standing.flatMap(({ n }) => (n === null || n === step.n ? [] : [n])) }),
      },
    })),
  }),
  'the rows of a page are applied in another order': () => ({
    walletStore: store =>
      Object.assign(Object.create(store), {
        applyFeed: (page: Parameters<typeof store.applyFeed>[0]) => store.applyFeed({ ...page, changes: page.changes.toReversed() }),
      }),
  }),
  'the chain is not linked': () => ({ serviceDatabase: unlinked }),
  'a leg is dropped on the way': () => ({
    serviceStore: inTransactions(tx => ({
      feed: {
        ...tx.feed,
        append: (holder, json, at) => {
          const event: { type: string; posting?: { legs: readonly unknown[] } } = JSON.parse(json)
          const shorter = event.posting ? { ...event, posting: { ...event.posting, legs: event.posting.legs.slice(0, -1) } } : event
          return tx.feed.append(holder, JSON.stringify(shorter), at)
        },
      },
    })),
  }),
  'a unit is lost in rounding': () => ({
    serviceStore: inTransactions(tx => ({
      ledger: {
        ...tx.ledger,
        post: posted =>
          tx.ledger.post(
            posted.type === 'post'
              ? { ...posted, legs: posted.legs.map(leg => ({ ...leg, minor: leg.minor < 0n ? leg.minor + 1n : leg.minor - 1n })) }
              : posted,
          ),
      },
    })),
  }),
  'a payment takes nothing from the limits': () => ({
    serviceStore: inTransactions(tx => ({ limits: { ...tx.limits, use: async () => undefined } })),
  }),
  'a lost answer is taken for a refusal': () => ({
    network: network => ({
      ...network,
      fetch: (url, init) =>
        network.fetch(url, init).catch((error: unknown) => {
          if (!commandIn(init)) throw error
          const body = (async function* () {
            yield Buffer.from(problem('order_expired'))
          })()
          return { ok: false, status: 409, body } as unknown as Response
        }),
    }),
  }),
  'the wallet keeps another answer than it got': () => ({
    walletStore: store =>
      Object.assign(Object.create(store), {
        answerIntent: (id: string, answer: string) => store.answerIntent(id, answer.replace('"feed":', '"feed":1')),
      }),
  }),
  'a mail counts as sent once it is taken': () => ({
    serviceStore: inTransactions(tx => ({
      mails: {
        ...tx.mails,
        claim: async (now, leaseMs, limit) => {
          const mails = await tx.mails.claim(now, leaseMs, limit)
          for (const mail of mails) await tx.mails.save({ ...mail, state: 'sent', sentAt: now })
          return mails
        },
      },
    })),
  }),
}
