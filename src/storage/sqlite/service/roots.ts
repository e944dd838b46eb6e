import type { Head } from '#core/root/tree.ts'
import type { KeptRoot, RootLeaf, Roots } from '../../featureRepositories.ts'
import { leafColumns, rootColumns, type TreeRow, treeOf } from '../../rows/roots.ts'
import type { Database } from '../database.ts'

export const sqliteRoots = (db: Database): Roots => ({
  add: async ({ root, build, parts }) =>
    db
      .prepare(
        `INSERT INTO daily_root (${rootColumns.names}, build, parts) VALUES (${rootColumns.marks}, ?, ?) ON CONFLICT (day) DO NOTHING`,
      )
      .run(...rootColumns.values(root), build, parts.join(' ')).changes === 1,
  newest: async () => {
    const row = db.prepare<TreeRow>(`SELECT ${rootColumns.shown}, build, parts FROM daily_root ORDER BY day DESC LIMIT 1`).get()
    return row && treeOf(row)
  },
  trees: async (after, limit) =>
    db
      .prepare<TreeRow>(`SELECT ${rootColumns.shown}, build, parts FROM daily_root WHERE day > ? ORDER BY day LIMIT ?`)
      .all(after, limit)
      .map(treeOf),
  linkAt: async (account, version) =>
    db
      .prepare<{ chain: string }>(
        'SELECT l.chain FROM ledger_account a JOIN ledger_leg l ON l.account = a.n WHERE a.id = ? AND l.version = ?',
      )
      .get(account, version)?.chain,
  newestDay: async () => db.prepare<{ day: string | null }>('SELECT max(day) AS day FROM daily_root').get()?.day ?? undefined,
  from: async (day, limit) =>
    db.prepare<KeptRoot>(`SELECT ${rootColumns.shown} FROM daily_root WHERE day >= ? ORDER BY day LIMIT ?`).all(day, limit),
  signAnew: async ({ day, keyId, signature }) => {
    db.prepare('UPDATE daily_root SET key_id = ?, signature = ? WHERE day = ?').run(keyId, signature, day)
  },
  headsAt: async (before, after, limit) =>
    db
      .prepare<Head & { readonly n: number }>(
        `SELECT s.n, s.id AS account, coalesce(s.version, 0) AS version, coalesce(l.chain, '') AS chain
         FROM (SELECT a.n, a.id,
                 (SELECT l.version FROM ledger_leg l JOIN ledger_journal j ON j.n = l.posting
                  WHERE l.account = a.n AND j.recorded_at < ? ORDER BY l.version DESC LIMIT 1) AS version
               FROM ledger_account a WHERE a.n > ? ORDER BY a.n LIMIT ?) s
         LEFT JOIN ledger_leg l ON l.account = s.n AND l.version = s.version ORDER BY s.n`,
      )
      .all(before, after, limit),
  keepLeaves: async (day, build, leaves) => {
    const insert = db.prepare(`INSERT INTO root_leaf (day, build, ${leafColumns.names}) VALUES (?, ?, ${leafColumns.marks})`)
    for (const leaf of leaves) insert.run(day, build, ...leafColumns.values(leaf))
  },
  leaves: async (day, build, from, until) =>
    db
      .prepare<RootLeaf>(
        `SELECT ${leafColumns.shown} FROM root_leaf WHERE day = ? AND build = ? AND slot >= ? AND slot < ? ORDER BY slot, account`,
      )
      .all(day, build, from, until),
  forgetLeaves: async ({ day, build }, limit) =>
    db
      .prepare(
        `DELETE FROM root_leaf WHERE (day, build, slot, account) IN (
           SELECT day, build, slot, account FROM root_leaf WHERE day < ? OR (day = ? AND build <> ?) LIMIT ?)`,
      )
      .run(day, day, build, limit).changes,
})
