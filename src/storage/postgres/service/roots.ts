import type { Head } from '#core/root/tree.ts'
import type { KeptRoot, RootLeaf, Roots } from '../../featureRepositories.ts'
import { leafColumns, rootColumns, type TreeRow, treeOf } from '../../rows/roots.ts'
import type { Transaction } from '../connection.ts'

export const postgresRoots = (tx: Transaction): Roots => ({
  add: async ({ root, build, parts }) =>
    (await tx.run(
      `INSERT INTO daily_root (${rootColumns.names}, build, parts) VALUES (${rootColumns.places}, $7, $8) ON CONFLICT (day) DO NOTHING`,
      ...[...rootColumns.values(root), build, parts.join(' ')],
    )) === 1,
  newest: async () => {
    const row = await tx.get<TreeRow>(`SELECT ${rootColumns.shown}, build, parts FROM daily_root ORDER BY day DESC LIMIT 1`)
    return row && treeOf(row)
  },
  trees: async (after, limit) =>
    (
      await tx.all<TreeRow>(
        `SELECT ${rootColumns.shown}, build, parts FROM daily_root WHERE day > $1 ORDER BY day LIMIT $2`,
        ...[after, limit],
      )
    ).map(treeOf),
  linkAt: async (account, version) =>
    (await tx.get<{ chain: string }>('SELECT chain FROM ledger_leg WHERE account = $1 AND version = $2', account, version))?.chain,
  newestDay: async () => (await tx.get<{ day: string | null }>('SELECT max(day) AS day FROM daily_root'))?.day ?? undefined,
  from: (day, limit) => tx.all<KeptRoot>(`SELECT ${rootColumns.shown} FROM daily_root WHERE day >= $1 ORDER BY day LIMIT $2`, day, limit),
  signAnew: async ({ day, keyId, signature }) => {
    await tx.run('UPDATE daily_root SET key_id = $1, signature = $2 WHERE day = $3', keyId, signature, day)
  },
  headsAt: (before, after, limit) =>
    tx.all<Head & { readonly n: number }>(
      `SELECT s.n, s.id AS account, coalesce(s.version, 0) AS version, coalesce(l.chain, '') AS chain
       FROM (SELECT a.n, a.id,
               (SELECT l.version FROM ledger_leg l JOIN ledger_journal j ON j.id = l.posting
                WHERE l.account = a.id AND j.recorded_at < $1 ORDER BY l.version DESC LIMIT 1) AS version
             FROM ledger_account a WHERE a.n > $2 ORDER BY a.n LIMIT $3) s
       LEFT JOIN ledger_leg l ON l.account = s.id AND l.version = s.version ORDER BY s.n`,
      ...[before, after, limit],
    ),
  keepLeaves: async (day, build, leaves) => {
    await tx.run(
      `INSERT INTO root_leaf (day, build, slot, account, version, chain)
       SELECT $1, $2, slot, account, version, chain FROM unnest(CAST($3 AS INTEGER[]), CAST($4 AS TEXT[]), CAST($5 AS BIGINT[]), CAST($6 AS TEXT[]))
         AS fresh (slot, account, version, chain)`,
      ...[day, build, leaves.map(({ slot }) => slot), leaves.map(({ account }) => account)],
      ...[leaves.map(({ version }) => version), leaves.map(({ chain }) => chain)],
    )
  },
  leaves: (day, build, from, until) =>
    tx.all<RootLeaf>(
      `SELECT ${leafColumns.shown} FROM root_leaf WHERE day = $1 AND build = $2 AND slot >= $3 AND slot < $4 ORDER BY slot, account`,
      ...[day, build, from, until],
    ),
  forgetLeaves: ({ day, build }, limit) =>
    tx.run(
      `DELETE FROM root_leaf WHERE (day, build, slot, account) IN (
         SELECT day, build, slot, account FROM root_leaf WHERE day < $1 OR (day = $1 AND build <> $2) LIMIT $3)`,
      ...[day, build, limit],
    ),
})
