import type { RiskCase, RiskCases, RiskDifference, RiskNote, RiskProfiles, RiskRepositories } from '../../riskRepositories.ts'
import { riskCaseColumns as cases, riskDifferenceColumns as differences, riskNoteColumns as notes } from '../../rows/risk.ts'
import type { Database } from '../database.ts'

const profiles = (db: Database): RiskProfiles => {
  const find = (of: string, id: string) =>
    db.prepare<{ json: string }>('SELECT json FROM risk_profile WHERE about = ? AND id = ?').get(of, id)?.json
  return {
    find: async (of, id) => find(of, id),
    renew: async (of, id, renewed) => {
      db.prepare(
        'INSERT INTO risk_profile (about, id, json) VALUES (?, ?, ?) ON CONFLICT (about, id) DO UPDATE SET json = excluded.json',
      ).run(...[of, id, renewed(find(of, id))])
    },
  }
}

const insertCase = `INSERT INTO risk_case (${cases.names}) VALUES (${cases.marks})`
const selectCase = `SELECT ${cases.shown} FROM risk_case`

const riskCases = (db: Database): RiskCases => ({
  add: async one => {
    db.prepare(insertCase).run(...cases.values(one))
  },
  find: async id => db.prepare<RiskCase>(`${selectCase} WHERE id = ?`).get(id),
  save: async one => {
    db.prepare(`${insertCase} ON CONFLICT (id) DO UPDATE SET ${cases.renewed}`).run(...cases.values(one))
  },
  waiting: async (after, limit) =>
    db.prepare<RiskCase>(`${selectCase} WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?`).all(after, limit),
  overdue: async (now, limit) =>
    db.prepare<RiskCase>(`${selectCase} WHERE state = 'waiting' AND ends_at <= ? ORDER BY ends_at, id LIMIT ?`).all(now, limit),
  inUse: async role => db.prepare<{ version: number }>('SELECT version FROM risk_use WHERE role = ?').get(role)?.version,
  use: async (role, version) => {
    db.prepare('INSERT INTO risk_use (role, version) VALUES (?, ?) ON CONFLICT (role) DO UPDATE SET version = excluded.version').run(
      role,
      version,
    )
  },
  note: async note => {
    db.prepare(`INSERT INTO risk_note (${notes.names}) VALUES (${notes.marks})`).run(...notes.values(note))
  },
  notes: async caseId => db.prepare<RiskNote>(`SELECT ${notes.shown} FROM risk_note WHERE case_id = ? ORDER BY at, id`).all(caseId),
  differ: async difference => {
    db.prepare(`INSERT INTO risk_difference (${differences.names}) VALUES (${differences.marks})`).run(...differences.values(difference))
  },
  differences: async (ruleSet, shadowSet, after, limit) =>
    db
      .prepare<RiskDifference>(
        `SELECT ${differences.shown} FROM risk_difference WHERE rule_set = ? AND shadow_set = ? AND payment_id > ? ORDER BY payment_id LIMIT ?`,
      )
      .all(ruleSet, shadowSet, after, limit),
})

export const sqliteRisk = (db: Database): RiskRepositories => ({ riskProfiles: profiles(db), riskCases: riskCases(db) })
