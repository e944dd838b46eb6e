import { openServiceStore as openPostgres } from '#storage/postgres/service/index.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import { openServiceStore as openSqlite } from '#storage/sqlite/service/index.ts'

/** Where a service's book stands: an encrypted file, or a PostgreSQL. */
export type BookPlace = { readonly path: string } | { readonly url: string }

export const bookKey = new Uint8Array(32).fill(4)

export const openBook = async (place: BookPlace): Promise<ServiceStore> =>
  'url' in place ? openPostgres(place) : openSqlite({ path: place.path, key: bookKey })
