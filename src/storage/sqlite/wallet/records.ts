import type { DocumentKind, Intent } from '#core/wallet/store.ts'
import type { Database } from '../database.ts'

/** Settings whose name begins so belong to this device and outlive the account that was signed in. */
export const deviceSetting = 'device.'

/** Whole states as JSON, by kind and id. */
export function documentRows(db: Database) {
  const one = db.prepare<{ json: string }>('SELECT json FROM document WHERE kind = ? AND id = ?')
  const newest = db.prepare<{ json: string }>('SELECT json FROM document WHERE kind = ? ORDER BY at DESC, id DESC LIMIT ?')
  const keep = db.prepare(
    'INSERT INTO document (kind, id, at, json) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, json = excluded.json',
  )
  return {
    keep: (kind: DocumentKind, id: string, at: number, json: string): void => {
      keep.run(kind, id, at, json)
    },
    document: (kind: DocumentKind, id: string): string | undefined => one.get(kind, id)?.json,
    documents: (kind: DocumentKind, limit: number): readonly string[] => newest.all(kind, limit).map(row => row.json),
  }
}

/** Commands that were saved before they were sent. */
export function outboxRows(db: Database) {
  const columns = 'id, type, json, made_at AS madeAt, answer'
  const one = db.prepare<Intent>(`SELECT ${columns} FROM intent WHERE id = ?`)
  const open = db.prepare<Intent>(`SELECT ${columns} FROM intent WHERE answer IS NULL ORDER BY n`)
  const insert = db.prepare('INSERT INTO intent (id, type, json, made_at) VALUES (?, ?, ?, ?)')
  const answer = db.prepare('UPDATE intent SET answer = ? WHERE id = ? AND answer IS NULL')
  return {
    saveIntent: ({ id, type, json, madeAt }: Omit<Intent, 'answer'>): void =>
      db.transaction(() => {
        const known = one.get(id)
        if (known && (known.json !== json || known.type !== type)) throw new Error(`the intent ${id} was saved with another body`)
        if (!known) insert.run(id, type, json, madeAt)
      }),
    intent: (id: string): Intent | undefined => one.get(id),
    openIntents: (): readonly Intent[] => open.all(),
    answerIntent: (id: string, text: string): void => {
      answer.run(text, id)
    },
  }
}

export function settingRows(db: Database) {
  const one = db.prepare<{ value: string }>('SELECT value FROM setting WHERE name = ?')
  const keep = db.prepare('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  const forget = db.prepare('DELETE FROM setting WHERE name = ?')
  return {
    setting: (name: string): string | undefined => one.get(name)?.value,
    keepSetting: (name: string, value: string | null): void => {
      if (value === null) forget.run(name)
      else keep.run(name, value)
    },
  }
}
