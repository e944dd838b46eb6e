import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '#core/ledger/account.ts'
import { chainLink, chainStart } from '#core/ledger/chain.ts'
import { digest } from '#storage/digest.ts'

/** The table rows of the document that strangers read: canonical text and link. */
const vectors = [...readFileSync('docs/ledger-chain.md', 'utf8').matchAll(/^\| (?:start|version \d) \| `(.+)` \| `([\w-]{43})` \|$/gm)].map(
  ([, text = '', link = '']) => ({ text, link }),
)

test('the vectors in the document are what a stranger computes from them, and what we compute', () => {
  expect(vectors).toHaveLength(5)
  for (const { text, link } of vectors) {
    expect(createHash('sha256').update(text, 'utf8').digest('base64url')).toBe(link)
    const [kind, ...rest] = JSON.parse(text)
    if (kind === 'okpay.account.1') {
      expect(chainStart(digest, rest[0])).toBe(link)
      continue
    }
    const [before, account, version, id, posting, subject, effectiveAt, recordedAt, minor, after] = rest
    const leg = { account, version, minor: BigInt(minor), after: BigInt(after) }
    expect(chainLink(digest, before, leg, { id, kind: posting, subject, effectiveAt, recordedAt })).toBe(link)
  }
})

const python = spawnSync('python3', ['--version']).status === 0

test.skipIf(!python)('another language, with its own JSON and SHA-256, computes the same links (skipped where there is no python3)', () => {
  const stranger = `
import base64, hashlib, json, sys
for line in sys.stdin:
    text = json.dumps(json.loads(line), ensure_ascii=False, separators=(',', ':'))
    print(base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('='))`
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const legs = fc.sample(
    fc.record({ subject: text, id: text, at: fc.nat(), minor: fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), version: fc.nat() }),
    { numRuns: 200, seed: 1 },
  )
  const account: AccountId = 'holder:x:ETH'
  const ours = legs.map(({ subject, id, at, minor, version }) =>
    chainLink(digest, 'before', { account, version, minor, after: minor }, { id, kind: 'fee', subject, effectiveAt: at, recordedAt: at }),
  )
  const lines = legs.map(({ subject, id, at, minor, version }) =>
    JSON.stringify(['okpay.leg.1', 'before', account, version, id, 'fee', subject, at, at, String(minor), String(minor)]),
  )
  const theirs = spawnSync('python3', ['-c', stranger], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    env: { PYTHONIOENCODING: 'utf-8' },
  })
  expect(theirs.stdout.trim().split('\n')).toEqual(ours)
})
