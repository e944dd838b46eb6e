import type { RiskCase, RiskCases, RiskDifference, RiskNote, RiskProfiles, RiskRepositories } from '../../riskRepositories.ts'
import { riskCaseColumns as cases, riskDifferenceColumns as differences, riskNoteColumns as notes } from '../../rows/risk.ts'
import type { Transaction } from '../connection.ts'
import { insertInto, type Lookup, rowsOf, type Write } from '../together.ts'

type ProfileRow = { readonly about: string; readonly id: string; readonly json: string }

const byId: Lookup<ProfileRow> = {
  table: 'risk_profile',
  sql: `SELECT about, id, json FROM risk_profile
    WHERE (about, id) IN (
      SELECT wanted.about, wanted.id FROM unnest(CAST($1 AS TEXT[]), CAST($2 AS TEXT[])) AS wanted (about, id)
    ) ORDER BY about, id`,
  keyOf: ({ about, id }) => [about, id],
  isLocked: true,
  isRemembered: true,
}
const renew: Write = {
  table: 'risk_profile',
  sql: `INSERT INTO risk_profile (about, id, json) SELECT about, id, json FROM ${rowsOf('TEXT', 'TEXT', 'TEXT')} AS fresh (about, id, json)
    ORDER BY about, id ON CONFLICT (about, id) DO UPDATE SET json = excluded.json`,
  isRenewed: true,
}
const kept = {}

/** The works of one transaction share what they have renewed: a shop that many pay at once is read once and written once. */
function profiles(tx: Transaction): RiskProfiles {
  const known = tx.shared<Map<string, string | undefined>>(kept, () => new Map())
  const find = async (of: string, id: string): Promise<string | undefined> => {
    const key = `${of} ${id}`
    if (known.has(key)) return known.get(key)
    const [row] = await tx.look(byId, of, id)
    // Another work may have been first, and have renewed it since.
    if (!known.has(key)) known.set(key, row?.json)
    return known.get(key)
  }
  return {
    find,
    renew: async (of, id, renewed) => {
      await find(of, id)
      const key = `${of} ${id}`
      const json = renewed(known.get(key))
      known.set(key, json)
      tx.put(renew, key, of, id, json)
    },
  }
}

const used: Lookup<{ readonly role: string; readonly version: number }> = {
  table: 'risk_use',
  sql: 'SELECT role, version FROM risk_use WHERE role = ANY ($1) ORDER BY role',
  keyOf: ({ role }) => [role],
}
const insertCase = `INSERT INTO risk_case (${cases.names}) VALUES (${cases.places})`
const selectCase = `SELECT ${cases.shown} FROM risk_case`
const differ = insertInto('risk_difference', differences.names, 'TEXT', 'BIGINT', 'INTEGER', 'TEXT', 'INTEGER', 'TEXT', 'INTEGER')

const riskCases = (tx: Transaction): RiskCases => ({
  add: async one => {
    await tx.run(insertCase, ...cases.values(one))
  },
  find: id => tx.get<RiskCase>(`${selectCase} WHERE id = $1${tx.forUpdate}`, id),
  save: async one => {
    await tx.run(`${insertCase} ON CONFLICT (id) DO UPDATE SET ${cases.renewed}`, ...cases.values(one))
  },
  waiting: (after, limit) => tx.all<RiskCase>(`${selectCase} WHERE state = 'waiting' AND id > $1 ORDER BY id LIMIT $2`, after, limit),
  overdue: (now, limit) =>
    tx.all<RiskCase>(`${selectCase} WHERE state = 'waiting' AND ends_at <= $1 ORDER BY ends_at, id LIMIT $2${tx.forUpdate}`, now, limit),
  inUse: async role => (await tx.look(used, role))[0]?.version,
  use: async (role, version) => {
    await tx.run(
      'INSERT INTO risk_use (role, version) VALUES ($1, $2) ON CONFLICT (role) DO UPDATE SET version = excluded.version',
      ...[role, version],
    )
  },
  note: async note => {
    await tx.run(`INSERT INTO risk_note (${notes.names}) VALUES (${notes.places})`, ...notes.values(note))
  },
  notes: caseId => tx.all<RiskNote>(`SELECT ${notes.shown} FROM risk_note WHERE case_id = $1 ORDER BY at, id`, caseId),
  differ: async difference => tx.put(differ, difference.paymentId, ...differences.values(difference)),
  differences: (ruleSet, shadowSet, after, limit) =>
    tx.all<RiskDifference>(
      `SELECT ${differences.shown} FROM risk_difference WHERE rule_set = $1 AND shadow_set = $2 AND payment_id > $3 ORDER BY payment_id LIMIT $4`,
      ...[ruleSet, shadowSet, after, limit],
    ),
})

export const postgresRisk = (tx: Transaction): RiskRepositories => ({ riskProfiles: profiles(tx), riskCases: riskCases(tx) })
