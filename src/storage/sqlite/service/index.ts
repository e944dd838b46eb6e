import type { Change, ServiceStore, Tx } from '../../serviceStore.ts'
import { type Database, openDatabase } from '../database.ts'
import { createLedgerStore } from '../ledger.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'
import { createSerialWriter } from '../serial.ts'
import { sqliteCommands } from './commands.ts'
import { sqliteDevices } from './devices.ts'
import { sqliteFeatureRepositories } from './featureRepositories.ts'
import { sqliteFeed } from './feed.ts'
import { sqliteHolders } from './holders.ts'
import { sqliteLimits } from './limits.ts'
import { sqliteOrders } from './orders.ts'
import { sqlitePayments } from './payments.ts'
import { sqliteQuestions } from './questions.ts'
import { sqliteSessions } from './sessions.ts'
import { sqliteSettings } from './settings.ts'

const repositories = (db: Database, changes: Change[]): Omit<Tx, 'ledger' | 'feed'> => ({
  ...sqliteFeatureRepositories(db, changes),
  holders: sqliteHolders(db),
  devices: sqliteDevices(db, changes),
  sessions: sqliteSessions(db),
  commands: sqliteCommands(db),
  orders: sqliteOrders(db, changes),
  payments: sqlitePayments(db),
  limits: sqliteLimits(db),
  questions: sqliteQuestions(db),
  settings: sqliteSettings(db),
})

/** Opens the service's book, or makes it. `key`: 32 bytes, or null for plain text. Faults: see `openDatabase`. */
export const openServiceStore = ({ path, key }: { readonly path: string; readonly key: Uint8Array | null }): ServiceStore =>
  serviceStoreOn(openDatabase({ path, key, migrations: [...ledgerMigrations, ...serviceMigrations], application: 'service' }))

/** The service's book on a database that is open and up to date; closes it. */
export function serviceStoreOn(db: Database): ServiceStore {
  const serial = createSerialWriter(db)
  /** What the work that runs has changed so far: one runs at a time, so the repositories are made once. */
  const changes: Change[] = []
  const feed = sqliteFeed(db, changes)
  const tx: Tx = { ledger: createLedgerStore(db), feed, ...repositories(db, changes) }
  const listeners = new Set<(change: Change) => void>()
  return {
    write: async work => {
      const { value, changed } = await serial.write(async () => {
        changes.length = 0
        try {
          const value = await work(tx)
          feed.end(true)
          return { value, changed: changes.slice() }
        } catch (error) {
          feed.end(false)
          throw error
        }
      })
      for (const change of changed) for (const listener of listeners) listener(change)
      return value
    },
    read: work => serial.read(() => work(tx)),
    onChange: listener => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    close: async () => {
      await serial.idle()
      db.close()
    },
  }
}
