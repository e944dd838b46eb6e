import type { Instant } from '#core/ledger/command.ts'
import type { Change, ServiceStore, Tx } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { type OpenOptions, openDatabase } from '../database.ts'
import { postgresLedger } from '../ledger.ts'
import { ledgerMigrations } from '../migrations/ledger/index.ts'
import { serviceMigrations } from '../migrations/service/index.ts'
import { createBatches } from './batches.ts'
import { keepBeating } from './beats.ts'
import { openExchange } from './changes.ts'
import { postgresCommands } from './commands.ts'
import { postgresDevices } from './devices.ts'
import { postgresFeatureRepositories } from './featureRepositories.ts'
import { postgresFeed } from './feed.ts'
import { postgresHolders } from './holders.ts'
import { postgresLimits } from './limits.ts'
import { postgresOrders } from './orders.ts'
import { postgresPayments } from './payments.ts'
import { postgresQuestions } from './questions.ts'
import { postgresSessions } from './sessions.ts'
import { postgresSettings } from './settings.ts'

const repositories = (tx: Transaction, changes: Change[]): Tx => ({
  ...postgresFeatureRepositories(tx, changes),
  ledger: postgresLedger(tx),
  holders: postgresHolders(tx),
  devices: postgresDevices(tx, changes),
  sessions: postgresSessions(tx),
  commands: postgresCommands(tx),
  feed: postgresFeed(tx, changes),
  orders: postgresOrders(tx, changes),
  payments: postgresPayments(tx),
  limits: postgresLimits(tx),
  questions: postgresQuestions(tx),
  settings: postgresSettings(tx),
})

type Run = (tx: Transaction, changes: Change[]) => Promise<unknown>

/** `clock`: what instances say of when they were seen; Date.now where it is not given. */
type ServiceOptions = Omit<OpenOptions, 'migrations'> & { readonly clock?: () => Instant }

/** Opens the service's book in PostgreSQL, or makes it. Any number of instances may have it open. Faults: see `openDatabase`. */
export async function openServiceStore({ clock = Date.now, ...options }: ServiceOptions): Promise<ServiceStore> {
  const db = await openDatabase({ ...options, migrations: [...ledgerMigrations, ...serviceMigrations] })
  const exchange = await openExchange(db)
  const beats = await keepBeating(db, clock)
  const batches = createBatches<Run>(exchange.write)
  return {
    write: async (work, by) => {
      const run: Run = (tx, changes) => work(repositories(tx, changes))
      // What comes out is what the same work answered.
      return (await (by === undefined ? exchange.write([run]).then(([value]) => value) : batches.write(by, run))) as Awaited<
        ReturnType<typeof work>
      >
    },
    read: work => db.read(tx => work(repositories(tx, []))),
    onChange: exchange.onChange,
    close: async () => {
      await exchange.close()
      await beats.stop()
      await db.close()
    },
  }
}
