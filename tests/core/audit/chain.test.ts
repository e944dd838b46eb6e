import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AuditRow } from '#core/audit/acts.ts'
import { auditChecker, nextAuditRow } from '#core/audit/chain.ts'
import { digest } from '#storage/digest.ts'

const entries = [
  { at: 1763769600000, by: 'operator', act: 'limit.set', object: 'holder:a', detail: { kind: 'per_day', eur_minor: '500000' } },
  { at: 1763769600123, by: 'holder:a', act: 'device.revoked', object: 'device:b', detail: {} },
  { at: 1763769601000, by: 'operator', act: 'statement.begun', object: 'import:c', detail: { file: '茶 "é"\n.xml' } },
] as const

function written(): readonly AuditRow[] {
  const rows: AuditRow[] = []
  for (const entry of entries) rows.push(nextAuditRow(digest, rows.at(-1), entry))
  return rows
}

const firstWrong = (rows: readonly AuditRow[]): string | undefined => {
  const checker = auditChecker(digest)
  return rows.map(row => checker.row(row)).find(wrong => wrong !== undefined)
}

/** The table rows of the document that strangers read: canonical text and link. */
const vectors = [...readFileSync('docs/audit-log.md', 'utf8').matchAll(/^\| (?:start|line \d) \| `(.+)` \| `([\w-]{43})` \|$/gm)].map(
  ([, text = '', link = '']) => ({ text, link }),
)

test('the vectors in the document are what a stranger computes from them, and what we write', () => {
  expect(vectors).toHaveLength(4)
  for (const { text, link } of vectors) expect(createHash('sha256').update(text, 'utf8').digest('base64url')).toBe(link)
  expect(written().map(({ chain }) => chain)).toEqual(vectors.slice(1).map(({ link }) => link))
})

test('what was written is whole, and its end is told', () => {
  const checker = auditChecker(digest)
  for (const row of written()) expect(checker.row(row)).toBeUndefined()
  expect(checker.end()).toEqual({ rows: 3, chain: written().at(-1)?.chain })
})

describe('a log that was changed names its first bad line:', () => {
  const [one, two, three] = written()
  if (!one || !two || !three) throw new Error('three lines were written')
  const changed: Readonly<Record<string, readonly [readonly AuditRow[], string]>> = {
    'another instant': [[one, { ...two, at: two.at + 1 }, three], 'line 2 is not what was written'],
    'another doer': [[{ ...one, by: 'service' }, two, three], 'line 1 is not what was written'],
    'another act': [[one, { ...two, act: 'device.renamed' }, three], 'line 2 is not what was written'],
    'another object': [[one, two, { ...three, object: 'import:d' }], 'line 3 is not what was written'],
    'another detail': [[{ ...one, detail: one.detail.replace('500000', '900000') }, two, three], 'line 1 is not what was written'],
    'another link': [[one, { ...two, chain: one.chain }, three], 'line 2 is not what was written'],
    'a line that is gone': [[one, three], 'line 2 is missing'],
    'a first line that is gone': [[two, three], 'line 1 is missing'],
    'a line that is gone, with the others renumbered': [[one, { ...three, n: 2 }], 'line 2 is not what was written'],
    'two lines the other way round': [[one, { ...three, n: 2 }, { ...two, n: 3 }], 'line 2 is not what was written'],
    'a line twice': [[one, one, two], 'line 2 is missing'],
  }
  for (const [name, [rows, wrong]] of Object.entries(changed)) test(name, () => expect(firstWrong(rows)).toContain(wrong))
})
