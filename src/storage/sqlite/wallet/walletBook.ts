import { type FeedChange, type KnownSubject, type MovementFilter, verifiedSetting, type WalletStore } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'
import { pageOf } from './history.ts'
import { forgetAccount, forgetBook } from './maintenance.ts'
import { bookMirror } from './mirror.ts'
import { movementRows } from './movements.ts'
import { pastBalances } from './pastBalances.ts'
import { pastHeads } from './pastHeads.ts'
import { personalRows } from './personal.ts'
import { documentRows, outboxRows, settingRows } from './records.ts'

type FeedPage = Parameters<WalletStore['applyFeed']>[0]

/** The wallet's database without waiting: what `WalletStore` promises, for the thread that owns the connection. */
export function createWalletBook(db: Database) {
  const movements = movementRows(db)
  const mirror = bookMirror(db)
  const documents = documentRows(db)
  const settings = settingRows(db)
  const readCursor = db.prepare<{ n: number }>('SELECT n FROM feed_cursor')
  const moveCursor = db.prepare('UPDATE feed_cursor SET n = ?')
  const selectKnown = db.prepare<{ id: string }>(
    `SELECT value AS id FROM json_each(?) WHERE EXISTS (SELECT 1 FROM movement WHERE id = value) OR EXISTS (SELECT 1 FROM ledger_journal WHERE subject = value)
      OR EXISTS (SELECT 1 FROM document WHERE kind = 'payment' AND id = value) OR EXISTS (SELECT 1 FROM document WHERE kind = 'top_up' AND id = value)`,
  )
  const cursor = (): number => readCursor.get()?.n ?? 0

  const applyAll = (changes: readonly FeedChange[]): void => {
    const postings: string[] = []
    const lines: string[] = []
    for (const change of changes) {
      if (change.type === 'posting') postings.push(change.posting.id)
      if (change.type === 'movement') lines.push(change.movement.id)
    }
    const page = mirror.startPage(postings)
    const history = movements.startPage(lines)
    for (const change of changes) {
      if (change.type === 'posting') page.post(change.posting)
      else if (change.type === 'balance') page.balance(change.balance)
      else if (change.type === 'movement') history.keep(change.movement)
      else documents.keep(change.kind, change.id, change.at, change.json)
    }
    history.index()
  }

  const known = (id: string): KnownSubject => ({
    movement: movements.find(id)?.row,
    postings: mirror.postingsOf(id),
    payment: documents.document('payment', id),
    topUp: documents.document('top_up', id),
  })

  const apply = ({ after, until, changes, heads }: FeedPage): boolean =>
    db.transaction(() => {
      if (cursor() !== after || until < after) return false
      applyAll(changes)
      if (heads) mirror.agree(heads.accounts)
      if (heads?.proof) settings.keepSetting(verifiedSetting, heads.proof)
      if (until !== after) moveCursor.run(until)
      return true
    })
  /**
   * Written whole or not at all, but not waited for until it is on disk: the next write that is takes it there. A power cut before that takes the page with
   * its cursor, and it is read again.
   */
  const behind = <T>(work: () => T): T => {
    db.exec('PRAGMA synchronous = NORMAL')
    try {
      return work()
    } finally {
      db.exec('PRAGMA synchronous = FULL')
    }
  }

  return {
    ...outboxRows(db),
    ...settings,
    ...personalRows(db, movements),
    cursor,
    applyFeed: (page: FeedPage): boolean => (page.until > page.after && !page.heads ? behind(() => apply(page)) : apply(page)),
    balances: mirror.balances,
    pastBalances: pastBalances(db),
    heads: mirror.heads,
    ...pastHeads(db),
    postingsOf: mirror.postingsOf,
    /** Most of what a feed tells is new: one statement finds what is not. */
    known: (subjects: readonly string[]): ReadonlyMap<string, KnownSubject> =>
      new Map(selectKnown.all(JSON.stringify(subjects)).map(({ id }) => [id, known(id)])),
    movement: (id: string) => movements.find(id)?.row,
    movements: (filter: MovementFilter, after: string | null, limit: number) => pageOf(db, movements, filter, after, limit),
    document: documents.document,
    documents: documents.documents,
    forgetBook: (): void => forgetBook(db),
    clearAccount: (): void => forgetAccount(db),
  }
}
