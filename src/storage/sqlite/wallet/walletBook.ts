import { type FeedChange, type MovementFilter, verifiedSetting, type WalletStore } from '#core/wallet/store.ts'
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
  const cursor = (): number => readCursor.get()?.n ?? 0

  const applyAll = (changes: readonly FeedChange[]): void => {
    const page = mirror.startPage()
    for (const change of changes) {
      if (change.type === 'posting') page.post(change.posting)
      else if (change.type === 'balance') page.balance(change.balance)
      else if (change.type === 'movement') movements.keep(change.movement)
      else documents.keep(change.kind, change.id, change.at, change.json)
    }
  }

  return {
    ...outboxRows(db),
    ...settings,
    ...personalRows(db, movements),
    cursor,
    applyFeed: ({ after, until, changes, heads }: FeedPage): boolean =>
      db.transaction(() => {
        if (cursor() !== after || until < after) return false
        applyAll(changes)
        if (heads) mirror.agree(heads.accounts)
        if (heads?.proof) settings.keepSetting(verifiedSetting, heads.proof)
        if (until !== after) moveCursor.run(until)
        return true
      }),
    balances: mirror.balances,
    pastBalances: pastBalances(db),
    heads: mirror.heads,
    ...pastHeads(db),
    postingsOf: mirror.postingsOf,
    movement: (id: string) => movements.find(id)?.row,
    movements: (filter: MovementFilter, after: string | null, limit: number) => pageOf(db, movements, filter, after, limit),
    document: documents.document,
    documents: documents.documents,
    forgetBook: (): void => forgetBook(db),
    clearAccount: (): void => forgetAccount(db),
  }
}
