import type { WalletStore } from '#core/wallet/store.ts'
import type { Network } from '#main/ports.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import type { Database } from '#storage/sqlite/database.ts'
import type { Disk } from './disk.ts'
import type { Asked } from './machine.ts'
import type { Device } from './people.ts'
import type { Process } from './process.ts'

/** How a test plants a fault: it stands between two real parts. Where nothing is planted all parts are the real ones. */
export type Planted = {
  /** Before the database of the service, which all of its instances share. */
  readonly serviceStore?: (store: ServiceStore, disk: Disk) => ServiceStore
  readonly serviceDatabase?: (db: Database) => Database
  readonly isServiceSynced?: () => boolean
  /** Between an instance and its line to the database: the instance can end between two transactions of it. */
  readonly instanceStore?: (store: ServiceStore) => ServiceStore
  /** Before the door of every instance. */
  readonly door?: (asked: Asked) => Asked
  readonly walletStore?: (store: WalletStore, process: Process) => WalletStore
  readonly isWalletSynced?: () => boolean
  readonly network?: (network: Network, device: Device) => Network
}
