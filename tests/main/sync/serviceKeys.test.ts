import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ServiceKey } from '#contracts/service/account.ts'
import { headsText, keyText } from '#contracts/service/signing.ts'
import { createServiceKeys, isSigned } from '#main/sync/serviceKeys.ts'

/** The table of the document that strangers read. */
const page = readFileSync('docs/ledger-heads.md', 'utf8')
const vector = Object.fromEntries([...page.matchAll(/^\| ([a-z ]+) \| `(.+)` \|$/gm)].map(([, name = '', value = '']) => [name, value]))
const said = (name: string): string => vector[name] ?? ''
const publicKey = /Public key: `([\w-]{43})`/.exec(page)?.[1] ?? ''

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const privateKey = (byte: number): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, Buffer.alloc(32, byte)]), format: 'der', type: 'pkcs8' })
const signedBy = (byte: number, text: string): string => sign(null, Buffer.from(text), privateKey(byte)).toString('base64url')

test('the vectors of the document are what we sign and what we accept', () => {
  const [, keyId, holderId, position, at, ...accounts] = JSON.parse(said('text'))
  const heads = {
    ...{ keyId, holderId, position, at: new Date(at).toISOString() },
    accounts: accounts.map(([account, version, chain]: [string, number, string]) => ({ account, version, chain })),
  }
  expect(keyId).toBe(said('key id'))
  expect(headsText(heads)).toBe(said('text'))
  expect(signedBy(0x2a, said('text'))).toBe(said('signature'))
  expect(isSigned(publicKey, said('text'), said('signature'))).toBe(true)
  expect(isSigned(said('next key'), said('text'), said('signature'))).toBe(false)
  const [, serviceId, before, next, endorsedAt] = JSON.parse(said('endorsement text'))
  expect(keyText(serviceId, before, next, new Date(endorsedAt).toISOString())).toBe(said('endorsement text'))
  expect(signedBy(0x2a, said('endorsement text'))).toBe(said('endorsement'))
})

const at = '2025-11-22T00:00:03.000Z'
const first: ServiceKey = { publicKey, endorsement: null }
const next: ServiceKey = { publicKey: said('next key'), endorsement: { at, signature: said('endorsement') } }

/** A wallet that has pinned what it was told so far. */
function ring() {
  const settings = new Map<string, string>()
  let told: readonly ServiceKey[] = [first]
  const keys = createServiceKeys({
    serviceId: said('key id'),
    ask: async () => told,
    store: {
      setting: async name => settings.get(name),
      keepSetting: async (name, value) => void settings.set(name, value ?? ''),
    },
  })
  return { keys, tells: (...list: ServiceKey[]) => (told = list) }
}

const refused = { mismatch: { code: 'key_unknown' } }
const nextId = '6KF44ZGP6JMK'

test('the first key is the one that the id of the service names, and no other', async () => {
  const { keys, tells } = ring()
  tells({ ...next, endorsement: null })
  await expect(keys.find(said('key id'))).rejects.toMatchObject(refused)
  tells(first)
  expect(await keys.find(said('key id'))).toBe(publicKey)
  expect(await keys.pinned()).toEqual([publicKey])
})

test('a new key is accepted with the endorsement of the old one only, and then the old one signs no more', async () => {
  const { keys, tells } = ring()
  expect(await keys.find(said('key id'))).toBe(publicKey)
  const wrong = [
    [first, { ...next, endorsement: null }],
    [first, { ...next, endorsement: { at: '2025-11-22T00:00:04.000Z', signature: said('endorsement') } }],
    [first, { ...next, endorsement: { at, signature: signedBy(0x2b, said('endorsement text')) } }],
    [{ ...next, endorsement: null }],
    [next, first],
    [],
  ] as const
  for (const list of wrong) {
    tells(...list)
    await expect(keys.find(nextId)).rejects.toMatchObject(refused)
    expect(await keys.pinned()).toEqual([publicKey])
  }
  tells(first, next)
  expect(await keys.find(nextId)).toBe(next.publicKey)
  await expect(keys.find(said('key id'))).rejects.toMatchObject(refused)
})
