import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ledgerMigrations } from '#storage/postgres/migrations/ledger/index.ts'
import { serviceMigrations } from '#storage/postgres/migrations/service/index.ts'
import { listFiles } from '../../../scripts/tidy/source.ts'

const root = resolve(import.meta.dirname, '../../..')

/** The words of docs/adr/0012-postgresql.md: what PostgreSQL and the distributed databases that speak like it have in common. */
const keywords = new Set(
  `SELECT FROM WHERE AND OR NOT IN IS NULL AS JOIN LEFT ON ORDER BY DESC LIMIT FOR UPDATE WITH ANY
   GROUP CAST INSERT INTO VALUES CONFLICT DO NOTHING SET DELETE RETURNING FILTER
   BEGIN COMMIT ROLLBACK ISOLATION LEVEL READ COMMITTED REPEATABLE ONLY
   CREATE ALTER ADD DROP COLUMN CONSTRAINT LIKE TABLE INDEX UNIQUE IF EXISTS PRIMARY KEY REFERENCES CHECK DEFAULT GENERATED ALWAYS IDENTITY
   TEXT BIGINT INTEGER NUMERIC BOOLEAN`.split(/\s+/),
)
const functions = new Set(['sum', 'max', 'min', 'count', 'coalesce', 'length', 'current_schema', 'unnest', 'concat'])

/** What of a statement is outside of the common subset. */
function foreign(sql: string): string[] {
  const bare = sql
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/"[^"]*"/g, 'name')
    .replaceAll(/\$\{[^}]*\}/g, ' ')
  const words = [...bare.matchAll(/\b[A-Z][A-Z_]+\b/g)].map(([word]) => word)
  const calls = [...bare.matchAll(/\b([a-z_]+)\(/g)].map(([, name]) => name ?? '')
  const signs = [...bare.matchAll(/::|->|@>|\|\||~|;\s*\S/g)].map(([sign]) => sign)
  return [
    ...words.filter(word => !keywords.has(word)),
    ...calls.filter(name => !functions.has(name)),
    ...signs.filter(sign => !sign.startsWith(';')),
  ]
}

/** The literals of a file that are SQL: they begin with one of its verbs, or make a table. */
function statementsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const literals = [...code.matchAll(/`([^`]*)`|'((?:[^'\\\n]|\\.)*)'/g)].map(([, long, short]) => long ?? short ?? '')
  return literals.filter(literal =>
    /^\s*(?:unnest|CAST|SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|BEGIN|COMMIT|ROLLBACK|ALTER|DROP|LOCK|SET|LISTEN|NOTIFY|\$\{insert)/.test(
      literal,
    ),
  )
}

/** What a database without triggers does without. */
const optional = [
  'migrations/ledger/0002-triggers.ts',
  'migrations/service/0006-commands-kept.ts',
  'migrations/service/0011-audit-kept.ts',
  'migrations/service/0019-documents-kept.ts',
].map(path => `src/storage/postgres/${path}`)
const all = listFiles(root, 'src/storage/postgres').filter(path => path.endsWith('.ts'))
const files = all.filter(path => !optional.includes(path))
const statements = files.flatMap(path => statementsOf(readFileSync(resolve(root, path), 'utf8')).map(sql => ({ path, sql })))

test('every statement keeps to the common subset', () => {
  expect(statements.length).toBeGreaterThan(60)
  expect(statements.flatMap(({ path, sql }) => foreign(sql).map(word => `${path}: ${word}`))).toEqual([])
})

test('only what a database may do without has triggers, in the language that comes with every PostgreSQL', () => {
  const steps = [...ledgerMigrations, ...serviceMigrations]
  expect(steps.filter(({ sql }) => /TRIGGER|FUNCTION/.test(sql))).toEqual(steps.filter(({ needsTriggers }) => needsTriggers))
  const texts = optional.map(path => readFileSync(resolve(root, path), 'utf8'))
  expect(texts.every(text => text.includes('needsTriggers: true'))).toBe(true)
  const languages = texts.flatMap(text => [...text.matchAll(/LANGUAGE (\w+)/g)].map(([, language]) => language))
  expect(new Set(languages)).toEqual(new Set(['plpgsql']))
  expect(texts.filter(text => /EXTENSION|SECURITY DEFINER|pg_/.test(text))).toEqual([])
})

test('no statement gives all columns: a newer build may have added some', () => {
  expect(statements.filter(({ sql }) => /SELECT \*|RETURNING \*/.test(sql))).toEqual([])
})

test('what is never changed is neither updated nor deleted, but for the rows of a feed that others tell anew', () => {
  const changing = statements.filter(({ sql }) =>
    /(UPDATE|DELETE FROM) (ledger_journal|ledger_leg|feed_row|command|audit_entry)\b/.test(sql),
  )
  const path = 'src/storage/postgres/service/feed.ts'
  expect(changing).toEqual([
    { path, sql: 'DELETE FROM feed_row WHERE holder_id = $1 AND n = $2' },
    { path, sql: 'UPDATE feed_row SET json = $1 WHERE holder_id = $2 AND n = $3' },
  ])
})

describe('what is outside of it is found', () => {
  const outside: Readonly<Record<string, string>> = {
    'SELECT pg_advisory_xact_lock($1)': 'pg_advisory_xact_lock',
    'LISTEN news': 'LISTEN',
    'NOTIFY news': 'NOTIFY',
    'CREATE EXTENSION pgcrypto': 'EXTENSION',
    'CREATE FUNCTION f() RETURNS TRIGGER LANGUAGE plpgsql': 'FUNCTION',
    'SELECT n FROM t FOR UPDATE SKIP LOCKED': 'SKIP',
    'LOCK TABLE t': 'LOCK',
    'SELECT a::TEXT FROM t': '::',
    "SELECT nextval('s')": 'nextval',
    'CREATE TABLE t (n SERIAL)': 'SERIAL',
    'SELECT now()': 'now',
  }
  for (const [sql, word] of Object.entries(outside)) test(sql, () => expect(foreign(sql)).toContain(word))
})
