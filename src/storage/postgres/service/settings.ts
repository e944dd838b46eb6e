import type { Settings } from '../../serviceStore.ts'
import type { Transaction } from '../connection.ts'
import { lockName } from './locks.ts'

/** A setting that is made once, such as the service's key, is made by one instance: the others wait and find it. */
export const postgresSettings = (tx: Transaction): Settings => ({
  find: async name => {
    await lockName(tx, `setting ${name}`)
    return (await tx.get<{ value: string }>('SELECT value FROM service_setting WHERE name = $1', name))?.value
  },
  save: async (name, value) => {
    await tx.run(
      'INSERT INTO service_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      ...[name, value],
    )
  },
})
