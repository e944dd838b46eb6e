import type { HistoryFilter } from '#contracts/bridge/history.ts'
import { payment, topUp } from '#contracts/wire/shapes.ts'
import { no, ok } from '#core/failure/outcome.ts'
import { parseAccountId } from '#core/ledger/accountId.ts'
import type { MirroredPosting, MovementFilter, MovementRow, WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import { amountOf } from './balances.ts'
import { startOf } from './days.ts'

const movementOf = (row: MovementRow, labels: readonly string[] = []) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  at: new Date(row.at).toISOString(),
  title: row.title,
  reference: row.reference,
  amount: amountOf(row),
  fee: amountOf({ currency: row.currency, minor: row.feeMinor }),
  balanceAfter: row.afterMinor === null ? null : amountOf({ currency: row.currency, minor: row.afterMinor }),
  labels: [...labels],
})

/** Days of the person's time zone as instants; both days are included. */
function filterOf({ currencies, kinds, states, from, to, query, label }: HistoryFilter): MovementFilter {
  return {
    ...(currencies ? { currencies } : {}),
    ...(kinds ? { kinds } : {}),
    ...(states ? { states } : {}),
    ...(from === undefined ? {} : { from: startOf(from) }),
    ...(to === undefined ? {} : { until: startOf(to, 1) }),
    ...(query?.trim() ? { query: query.trim() } : {}),
    ...(label === undefined ? {} : { label }),
  }
}

const legsOf = (postings: readonly MirroredPosting[]) =>
  postings.flatMap(({ legs }) =>
    legs.map(({ account, currency, minor, version, chain, own, label }) => ({
      account,
      // An account that this build cannot read is somebody else's, whatever it is.
      kind: parseAccountId(account)?.kind ?? ('foreign' as const),
      amount: amountOf({ currency, minor }),
      version,
      chain,
      own,
      label,
    })),
  )

/** What only the whole document knows: order lines, dated states, the refusal. */
async function told(store: WalletStore, { id, kind }: MovementRow) {
  const nothing = { lines: [], timeline: [], decline: null }
  if (kind === 'reversal') return nothing
  const json = await store.document(kind, id)
  if (json === undefined) return nothing
  if (kind === 'top_up') return { ...nothing, timeline: topUp.parse(JSON.parse(json)).timeline }
  const { order, timeline, decline } = payment.parse(JSON.parse(json))
  return { lines: order.lines, timeline, decline }
}

/** Everything that happened, from the wallet's own book. */
export const historyFeature = ({ store }: { readonly store: WalletStore }): Feature<'history'> => ({
  async page({ filter, after, limit }) {
    const { rows, next, count } = await store.movements(filterOf(filter), after, limit)
    const labels = await store.labelsOf(rows.map(({ id }) => id))
    return ok({ rows: rows.map(row => movementOf(row, labels[row.id])), next, count })
  },
  async detail({ id }) {
    const row = await store.movement(id)
    if (!row) return no('not_found')
    // A reversal belongs to what it reverses, which its row names as the reference.
    const subject = row.kind === 'reversal' ? row.reference : id
    const postings = (await store.postingsOf(subject)).filter(posting => row.kind !== 'reversal' || posting.id === id)
    const labels = await store.labelsOf([id])
    return ok({ movement: movementOf(row, labels[id]), legs: legsOf(postings), ...(await told(store, row)) })
  },
})
