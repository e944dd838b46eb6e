import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rootFingerprint } from '#contracts/service/proof.ts'
import { dayAfter, dayOf, endOf, rootHash, rootText } from '#core/root/day.ts'
import { leafOf, partOf, pathTo, placeOf, topBy } from '#core/root/tree.ts'
import { isSigned } from '#main/sync/serviceKeys.ts'
import { digest } from '#storage/digest.ts'

/** The table of the document that strangers read. */
const vector = Object.fromEntries(
  [...readFileSync('docs/ledger-root.md', 'utf8').matchAll(/^\| ([a-z ]+) \| `(.+)` \|$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
)
const said = (name: string): string => vector[name] ?? ''
const publicKey = /Public key: `([\w-]{43})`/.exec(readFileSync('docs/ledger-heads.md', 'utf8'))?.[1] ?? ''

test('the vectors of the document are what we compute and what we accept', () => {
  const [, salt, account, version, chain] = JSON.parse(said('leaf text'))
  expect(placeOf(digest, account)).toBe(said('place'))
  expect(leafOf(digest, salt, { account, version, chain })).toBe(said('leaf'))
  expect(topBy(digest, account, said('leaf'), JSON.parse(said('path')))).toBe(said('tree'))
  const [, serviceId, day, tree, before, at] = JSON.parse(said('root text'))
  expect(rootText(serviceId, { day, tree, before, at })).toBe(said('root text'))
  expect(rootHash(digest, serviceId, { day, tree, before, at })).toBe(said('root hash'))
  expect(isSigned(publicKey, said('root text'), said('signature'))).toBe(true)
  expect(rootFingerprint(Buffer.from(said('root hash'), 'base64url'))).toBe(said('fingerprint'))
})

test('days are days of UTC, over the ends of months and years', () => {
  expect(dayOf(endOf('2026-12-31'))).toBe('2027-01-01')
  expect(dayOf(endOf('2026-12-31') - 1)).toBe('2026-12-31')
  expect(dayAfter('2028-02-28')).toBe('2028-02-29')
})

const python = spawnSync('python3', ['--version']).status === 0

test.skipIf(!python)(
  'another language follows the document from leaf to top, by its own JSON and SHA-256 (skipped where there is no python3)',
  () => {
    const stranger = `
import base64, hashlib, json, sys
def hash(*parts):
    text = json.dumps(parts, ensure_ascii=False, separators=(',', ':'))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')
for line in sys.stdin:
    salt, account, version, chain, path = json.loads(line)
    place = base64.urlsafe_b64decode(hash('okpay.place.1', account) + '=')
    bits = ''.join(format(byte, '08b') for byte in place)
    top = hash('okpay.leaf.1', salt, account, version, chain)
    for depth in reversed(range(len(path))):
        top = hash('okpay.node.1', top, path[depth]) if bits[depth] == '0' else hash('okpay.node.1', path[depth], top)
    print(top)`
    const heads = Array.from({ length: 90 }, (_, n) => ({ account: `holder:茶-${n}:EUR`, version: n, chain: digest(`${n}`) }))
    const salt = (account: string) => digest(`salt ${account}`)
    const tree = { digest, blank: (path: string) => digest(path) }
    const entries = heads.map(head => ({ place: placeOf(digest, head.account), hash: leafOf(digest, salt(head.account), head) }))
    const [, vectorSalt, account, version, chain] = JSON.parse(said('leaf text'))
    const lines = [
      [vectorSalt, account, version, chain, JSON.parse(said('path'))],
      ...heads.map(head => [
        ...[salt(head.account), head.account, head.version, head.chain],
        pathTo(tree, '', entries, placeOf(digest, head.account)),
      ]),
    ]
    const { stdout } = spawnSync('python3', ['-c', stranger], {
      input: `${lines.map(line => JSON.stringify(line)).join('\n')}\n`,
      encoding: 'utf8',
      env: { PYTHONIOENCODING: 'utf-8' },
    })
    expect(stdout.trim().split('\n')).toEqual([said('tree'), ...heads.map(() => partOf(tree, '', entries))])
  },
)
