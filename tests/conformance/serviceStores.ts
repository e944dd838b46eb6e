import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'
import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore, Tx } from '#storage/serviceStore.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'
import { newId } from '../service/realService.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { ana, laptop } from './serviceRows.ts'

type Open = (context: TestContext) => Promise<ServiceStore>
/** Runs a work on a fresh book in which ana stands with a laptop. */
type InBook = (context: TestContext, work: (store: ServiceStore) => Promise<void>) => Promise<void>

const born = async (tx: Tx) => {
  await tx.holders.add(ana)
  await tx.devices.add(laptop)
}

/** Every store that a service can keep its book in, each with what runs a test on it. Called once a file. */
export function serviceStores(): readonly { readonly name: string; readonly book: InBook }[] {
  const postgres = postgresOfThisFile()
  const stores: Readonly<Record<string, Open>> = {
    sqlite: async () => {
      const path = join(tmpdir(), `okpay-conformance-${newId()}.db`)
      onTestFinished(async () => {
        for (const tail of ['', '-wal', '-shm']) await rm(path + tail, { force: true })
      })
      return openSqlite({ path, key: new Uint8Array(32).fill(5) })
    },
    postgres: async context => openPostgres({ url: await (await postgres(context)).database() }),
  }
  return Object.entries(stores).map(([name, open]) => ({
    name,
    book: async (context, work) => {
      const store = await open(context)
      try {
        await store.write(born)
        await work(store)
      } finally {
        await store.close()
      }
    },
  }))
}
