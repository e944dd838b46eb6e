import type { Settings } from '../../serviceStore.ts'
import type { Database } from '../database.ts'

export const sqliteSettings = (db: Database): Settings => ({
  find: async name => db.prepare<{ value: string }>('SELECT value FROM service_setting WHERE name = ?').get(name)?.value,
  save: async (name, value) => {
    db.prepare('INSERT INTO service_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
      name,
      value,
    )
  },
})
