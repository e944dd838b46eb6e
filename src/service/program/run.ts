import { randomBytes } from 'node:crypto'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { composeService, type Service } from '../compose.ts'
import type { ServiceConfig } from '../config.ts'
import { createHttpServer } from '../http/server.ts'
import type { Log } from '../ports.ts'
import { bookPath } from './folders.ts'

export type RunningService = {
  readonly url: string
  /** Opens the book, with its key where it is a file; until then the service listens and answers that it is sealed. Answers its id. */
  unseal(key: Uint8Array | null): Promise<string>
  /** Finishes what is under way, lets waiting calls go, closes the book. */
  stop(): Promise<void>
}

/** Only the library of the database that is used is loaded. */
async function openBook(
  folder: string,
  { databaseUrl, databaseTriggers: triggers }: ServiceConfig,
  key: Uint8Array | null,
): Promise<ServiceStore> {
  if (databaseUrl !== null) return (await import('#storage/postgres/service/index.ts')).openServiceStore({ url: databaseUrl, triggers })
  return (await import('#storage/sqlite/service/index.ts')).openServiceStore({ path: bookPath(folder), key })
}

/** Listens, sealed. Throws what the system says where the address cannot be used. */
export async function runService(folder: string, config: ServiceConfig, log: Log): Promise<RunningService> {
  let service: Service | undefined
  let url = ''
  const server = createHttpServer({ config, log, ports: () => service?.ports, random: bytes => randomBytes(bytes) })
  url = await server.listen()
  let isStopping = false
  return {
    url,
    unseal: async key => {
      if (service) return service.ports.identity.serviceId
      const store = await openBook(folder, config, key)
      const opened = await composeService({ store, config, log, url: () => config.publicUrl ?? url }).catch(async (error: unknown) => {
        await store.close()
        throw error
      })
      if (isStopping) await opened.close()
      else service = opened
      return opened.ports.identity.serviceId
    },
    stop: async () => {
      isStopping = true
      service?.ports.waiters.close()
      await server.close()
      await service?.close()
      service = undefined
    },
  }
}
