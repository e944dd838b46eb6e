import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FeedPage } from '#contracts/service/feed.ts'
import type { SignedRoot } from '#contracts/service/proof.ts'
import { headsText } from '#contracts/service/signing.ts'
import { type Head, leafOf, partOf, pathTo, placeOf } from '#core/root/tree.ts'
import { ProviderMismatch } from '#core/wallet/mismatch.ts'
import type { Provider } from '#main/sync/provider.ts'
import { type ToldRoots, textOf } from '#main/sync/roots.ts'
import type { SigningKeys } from '#service/ports.ts'
import { makeRoots } from '#service/root/makeRoots.ts'
import { digest } from '#storage/digest.ts'
import { type CheckingWallet, checkingWallet } from '../../support/checkingWallet.ts'
import { get, registerHolder, signingOf, startTestService, type TestHolder, type TestService, topUp } from '../../support/service.ts'

const dayMs = 86_400_000
let service: TestService
let signing: SigningKeys
let lin: TestHolder
let bob: TestHolder
/** What the service told on the day after, and of how many days it has roots. */
let feed: FeedPage
let monday: ToldRoots
let tuesday: ToldRoots
let ofBob: ToldRoots

const tells = async (holder: TestHolder, from?: string): Promise<ToldRoots> => {
  const { roots } = await get<{ roots: SignedRoot[] }>(service, `/v1/roots${from === undefined ? '' : `?from=${from}`}`)
  const day = roots.at(-1)?.day ?? ''
  const { accounts } = await get<{ accounts: ToldRoots['accounts'] }>(service, `/v1/roots/${day}/inclusions`, { token: holder.token })
  return { roots, accounts }
}

beforeAll(async () => {
  service = await startTestService()
  signing = await signingOf(service)
  lin = await registerHolder(service)
  bob = await registerHolder(service, { email: 'bob@example.org' })
  await topUp(service, bob, 'EUR', '50.00')
  await topUp(service, lin, 'EUR', '50.00')
  await topUp(service, lin, 'JPY', '9000')
  await topUp(service, lin, 'EUR', '20.00')
  service.moves(dayMs)
  // On the next day a third movement, and a currency that was not there before.
  await topUp(service, lin, 'EUR', '5.00')
  await makeRoots(service.ports)
  monday = await tells(lin)
  ofBob = await tells(bob)
  service.moves(dayMs)
  await topUp(service, lin, 'USD', '1.00')
  await makeRoots(service.ports)
  tuesday = await tells(lin, monday.roots[0]?.day)
  feed = await lin.feed(0)
}, 60_000)
afterAll(() => service.stop())

let wallet: CheckingWallet
let provider: Provider
beforeEach(async () => {
  wallet = await checkingWallet(service, lin, signing)
  provider = wallet.provider()
  await provider.apply(0, feed)
})
afterEach(() => wallet.close())

const first = <T>(list: readonly T[]): T => {
  if (list[0] === undefined) throw new Error('an empty list')
  return list[0]
}
/** The worst liar: it has the service's own key, and signs whatever it tells. */
const signed = (root: SignedRoot, change: Partial<SignedRoot> = {}): SignedRoot => {
  const told = { ...root, ...change }
  return { ...told, signature: signing.sign(textOf(service.ports.identity.serviceId, told)) }
}
/** A tree over just these heads, with its signed root and every proof in it right. */
function treeOf(heads: readonly Head[], change: Partial<SignedRoot> = {}): ToldRoots {
  const tree = { digest, blank: (path: string) => digest(path) }
  const salt = digest('salt')
  const entries = heads.map(head => ({ place: placeOf(digest, head.account), hash: leafOf(digest, salt, head) }))
  const accounts = heads.map(({ account, version, chain }) => ({
    ...{ account, version, chain, salt },
    path: [...pathTo(tree, '', entries, placeOf(digest, account))],
  }))
  return { roots: [signed(first(monday.roots), { tree: partOf(tree, '', entries), ...change })], accounts }
}
const own = (): readonly Head[] => monday.accounts.map(({ account, version, chain }) => ({ account, version, chain }))
const others = (change: (head: Head) => Head): ToldRoots => treeOf(own().map(head => (head.account.endsWith(':EUR') ? change(head) : head)))
const oneAccount = (change: Partial<ToldRoots['accounts'][number]>): ToldRoots => {
  const [one, ...rest] = monday.accounts
  return { ...monday, accounts: one ? [{ ...one, ...change }, ...rest] : [] }
}

const lies: Readonly<Record<string, readonly [code: string, told: () => ToldRoots]>> = {
  'a root that was changed after it was signed': [
    'signature_wrong',
    () => ({ ...monday, roots: [{ ...first(monday.roots), tree: digest('x') }] }),
  ],
  'a root for another day under the signature of this one': [
    'signature_wrong',
    () => ({ ...monday, roots: [{ ...first(monday.roots), day: '2026-11-21' }] }),
  ],
  'a root that somebody else signed': [
    'key_unknown',
    () => ({ ...monday, roots: [signed(first(monday.roots), { keyId: '0123456789AB' })] }),
  ],
  'a root of a day that is not over': ['root_early', () => ({ ...monday, roots: [signed(first(monday.roots), { day: '2026-12-24' })] })],
  'another tree, well signed': ['proof_wrong', () => ({ ...monday, roots: [signed(first(monday.roots), { tree: digest('x') })] })],
  'a hash of the way that was changed': ['proof_wrong', () => oneAccount({ path: first(monday.accounts).path.with(0, digest('x')) })],
  'a way that is too short': ['proof_wrong', () => oneAccount({ path: first(monday.accounts).path.slice(1) })],
  'another salt': ['proof_wrong', () => oneAccount({ salt: digest('x') })],
  'another version': ['proof_wrong', () => oneAccount({ version: 7 })],
  'the proofs of another holder': ['proof_wrong', () => ({ ...monday, accounts: ofBob.accounts })],
  'the proof of a name that is no account': ['proof_wrong', () => oneAccount({ account: 'nobody' })],
  'no proof of an account that had moved': ['root_missing', () => ({ ...monday, accounts: monday.accounts.slice(1) })],
  'no proofs at all': ['root_missing', () => ({ ...monday, accounts: [] })],
  'another history in the tree: the same version with another link': [
    'root_wrong',
    () => others(head => ({ ...head, chain: digest('x') })),
  ],
  'a movement in the tree that was never told': ['root_wrong', () => others(head => ({ ...head, version: 99 }))],
  'an old state in the tree': [
    'root_old',
    () => {
      const before = feed.rows.flatMap(({ event }) => (event.type === 'posting' ? event.posting.legs : [])).find(leg => leg.own)
      return others(head => ({ ...head, version: 1, chain: before?.chain ?? '' }))
    },
  ],
}

test('an honest service: own accounts stand in the root as this book knows them, and the next days follow', async () => {
  await provider.checkRoots(monday)
  const { root } = await provider.state()
  expect(root).toMatchObject({ day: '2026-11-22', fingerprint: expect.stringMatching(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/) })
  expect(monday.accounts.map(({ account, version }) => [account.split(':')[2], version])).toEqual([
    ['EUR', 2],
    ['JPY', 1],
  ])
  // It outlives the wallet's end; the same one again changes nothing.
  wallet.begins()
  provider = wallet.provider()
  await provider.checkRoots({ roots: monday.roots, accounts: [] })
  expect((await provider.state()).root).toEqual(root)
  await provider.checkRoots(tuesday)
  expect(await provider.state()).toMatchObject({ mismatch: null, root: { day: '2026-11-23' } })
  expect(wallet.stops()).toBe(0)
})

test('a wallet that knows no root takes the newest, and a service without one is no liar', async () => {
  await provider.checkRoots({ roots: [], accounts: [] })
  expect((await provider.state()).root).toBeNull()
  await provider.checkRoots({ ...tuesday, roots: tuesday.roots.slice(1) })
  expect((await provider.state()).root?.day).toBe('2026-11-23')
})

test('a root from the future, of a clock that was put back since, is not taken before its time, and is no lie', async () => {
  const told = { ...monday, roots: [signed(first(monday.roots), { day: '2026-12-24', at: '2026-12-25T00:01:00.000Z' })] }
  await provider.checkRoots(told)
  expect(await provider.state()).toMatchObject({ mismatch: null, root: null })
  await provider.checkRoots(monday)
  expect((await provider.state()).root?.day).toBe('2026-11-22')
})

for (const [name, [code, told]] of Object.entries(lies))
  test(`${name}: ${code}; the evidence is kept and the wallet stops`, async () => {
    const lie = told()
    await expect(provider.checkRoots(lie)).rejects.toBeInstanceOf(ProviderMismatch)
    const { mismatch, root } = await provider.state()
    expect([mismatch?.code, root, wallet.stops()]).toEqual([code, null, 1])
    expect(await provider.isStopped()).toBe(true)
    const evidence = JSON.parse((await provider.evidence(mismatch?.id ?? '')) ?? '{}')
    expect(evidence).toMatchObject({
      code,
      told: { ...lie, rootTexts: lie.roots.map(root => textOf(service.ports.identity.serviceId, root)) },
    })
    // Not even the truth counts before the person goes on.
    await provider.checkRoots(monday)
    expect((await provider.state()).root).toBeNull()
    expect(await provider.goOn(mismatch?.id ?? '')).toBe(true)
    await provider.apply(0, feed)
    await provider.checkRoots(monday)
    expect(await provider.state()).toMatchObject({ mismatch: null, root: { day: '2026-11-22' } })
  })

const forks: Readonly<Record<string, readonly [code: string, told: () => ToldRoots]>> = {
  'two roots for one day, both well signed': ['root_changed', () => treeOf(own())],
  'a root that is no more': ['root_changed', () => ({ roots: [], accounts: [] })],
  'a history of roots without the known one': ['root_changed', () => ({ ...tuesday, roots: tuesday.roots.slice(1) })],
  'a next root that follows another one': [
    'root_unlinked',
    () => ({ ...tuesday, roots: [first(tuesday.roots), signed(first(tuesday.roots.slice(1)), { before: digest('x') })] }),
  ],
  'a next root of the same day': [
    'root_unlinked',
    () => ({ ...tuesday, roots: [first(tuesday.roots), signed(first(tuesday.roots.slice(1)), { day: '2026-11-22' })] }),
  ],
}
for (const [name, [code, told]] of Object.entries(forks))
  test(`${name}: ${code}, and the evidence holds both`, async () => {
    await provider.checkRoots(monday)
    const { root } = await provider.state()
    await expect(provider.checkRoots(told())).rejects.toBeInstanceOf(ProviderMismatch)
    const { mismatch, root: after } = await provider.state()
    expect([mismatch?.code, after]).toEqual([code, root])
    const evidence = JSON.parse((await provider.evidence(mismatch?.id ?? '')) ?? '{}')
    expect(evidence.book.lastRoot.root).toEqual(first(monday.roots))
  })

test('a service that forgot rows is found, whatever it signs', async () => {
  const heads = feed.heads && { ...feed.heads, position: 3 }
  const told = { rows: [], last: 3, heads: heads && { ...heads, signature: signing.sign(headsText(heads)) } }
  await expect(provider.apply(feed.last, told)).rejects.toBeInstanceOf(ProviderMismatch)
  expect((await provider.state()).mismatch).toMatchObject({ code: 'rows_lost', detail: { here: String(feed.last), there: '3' } })
})
