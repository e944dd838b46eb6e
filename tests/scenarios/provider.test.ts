import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { FeedPage } from '#contracts/service/feed.ts'
import type { SignedRoot } from '#contracts/service/proof.ts'
import { dayOf, rootText } from '#core/root/day.ts'
import { makeRoots } from '#service/root/makeRoots.ts'
import { get, signingOf } from '../support/service.ts'
import { newId, type Person, scenario, soon, type World } from './world.ts'

/** What arrives is told as a thousand more than it was, in both of its legs and in the balance after it: it adds up in itself. */
const tellsMore = (page: FeedPage): FeedPage =>
  JSON.parse(JSON.stringify(page).replaceAll('20.00"', '1020.00"').replaceAll('70.00"', '1070.00"'))

scenario('an honest service is verified, and says up to where', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  await alice.confirms(await shop.asks('EUR', '24.90'))
  await alice.nowHas('EUR', '25.10')
  const { verified, mismatch, earlier } = await alice.get('provider.check', {})
  expect({ mismatch, earlier }).toEqual({ mismatch: null, earlier: [] })
  expect(verified).toMatchObject({ accounts: 1, movements: 2, keyId: expect.stringMatching(/^[0-9A-Z]{12}$/) })
  await alice.restarts()
  await alice.ask('app.unlock', { password: null })
  expect((await alice.get('provider.state', {})).verified?.position).toBe(verified?.position)
})

scenario(
  'a provider that lies is refused: evidence is kept, nothing is spent, and it goes on by a deliberate act',
  async ({ alice, shop, service }) => {
    await alice.has('EUR', '50.00')
    await alice.nowHas('EUR', '50.00')
    const order = await shop.asks('EUR', '24.90')
    const before = await alice.get('provider.check', {})

    alice.network.tellsOtherwise(tellsMore)
    const topUp = await alice.get('topUps.create', { id: newId(), amount: { currency: 'EUR', value: '20.00' } })
    await alice.get('topUps.simulateTransfer', { id: topUp.id })
    const { mismatch, verified } = await soon(async () => {
      const state = await alice.get('provider.state', {})
      expect(state.mismatch).not.toBeNull()
      return state
    })
    expect(mismatch?.code).toBe('chain_broken')
    expect(verified?.position).toBeGreaterThanOrEqual(before.verified?.position ?? 1)
    await alice.nowHas('EUR', '50.00')

    // The slip says so before the button, and the button is refused.
    expect((await alice.get('payments.review', { text: order.code })).decline).toMatchObject({ code: 'provider_mismatch' })
    const id = newId()
    const wish = { id, orderCode: order.code, total: { currency: 'EUR', value: '24.90' }, shopId: order.shop.id } as const
    expect(await alice.ask('payments.confirm', wish)).toMatchObject({ ok: false, kind: 'decline', code: 'provider_mismatch' })
    await shop.wasNotPaid(order)
    // Asking a person is always possible.
    expect(await alice.get('support.ask', { id: newId(), about: 'evidence', text: 'What is this?' })).toMatchObject({ state: 'open' })

    // It stays so, also after a restart, and asks for nothing more.
    await alice.restarts()
    await alice.ask('app.unlock', { password: null })
    const asked = alice.network.reached.get('GET /v1/feed')
    expect((await alice.get('provider.check', {})).mismatch).toEqual(mismatch)
    expect(alice.network.reached.get('GET /v1/feed')).toBe(asked)

    const { path } = await alice.get('provider.saveEvidence', { id: mismatch?.id ?? '', path: null })
    const evidence = JSON.parse(await readFile(path, 'utf8'))
    expect(evidence).toMatchObject({
      format: 'okpay.evidence.1',
      code: 'chain_broken',
      service: { id: service.ports.identity.serviceId, keys: [(await signingOf(service)).keys[0]?.publicKey] },
      book: { accounts: [{ currency: 'EUR', posted: '50.00', version: 1 }], lastVerified: { heads: { position: verified?.position } } },
    })
    expect(JSON.stringify(evidence.told.page)).toContain('1070.00')

    // Going on while the lie goes on stops again, and shows nothing of it.
    await alice.get('provider.goOn', { id: mismatch?.id ?? '' })
    const second = await soon(async () => {
      const now = await alice.get('provider.state', {})
      expect(now.mismatch).not.toBeNull()
      return now.mismatch
    })
    expect(second?.id).not.toBe(mismatch?.id)

    alice.network.tellsOtherwise(undefined)
    expect(await alice.ask('provider.goOn', { id: mismatch?.id ?? '' })).toMatchObject({ code: 'not_found' })
    await alice.get('provider.goOn', { id: second?.id ?? '' })
    await alice.nowHas('EUR', '70.00')
    const after = await alice.get('provider.check', {})
    expect(after).toMatchObject({ mismatch: null, verified: { movements: 2 }, earlier: [{ id: second?.id }, { id: mismatch?.id }] })
    expect(await alice.get('account.profile', {})).toMatchObject({ email: alice.email })
    await alice.get('payments.confirm', wish)
    await alice.nowHas('EUR', '45.10')
    await shop.wasPaidOnce(order)
  },
)

scenario('a payment that was saved before the lie is not sent until the person goes on', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  await alice.nowHas('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await alice.get('payments.review', { text: order.code })
  alice.network.goesOffline()
  const id = newId()
  await alice.get('payments.confirm', { id, orderCode: order.code, total: { currency: 'EUR', value: '24.90' }, shopId: order.shop.id })
  alice.network.tellsOtherwise(page => ({ ...page, heads: null }))
  alice.network.comesBack()
  const { mismatch } = await alice.get('provider.check', {})
  expect(mismatch?.code).toBe('heads_missing')
  await alice.clock.moves(60_000)
  await shop.wasNotPaid(order)
  alice.network.tellsOtherwise(undefined)
  await alice.get('provider.goOn', { id: mismatch?.id ?? '' })
  await shop.wasPaidOnce(order)
  await alice.nowHas('EUR', '25.10')
})

scenario('a provider that ends the session does not take the evidence away', async ({ alice }) => {
  await alice.has('EUR', '50.00')
  alice.network.tellsOtherwise(page => ({ ...page, heads: null }))
  const { mismatch } = await alice.get('provider.check', {})
  alice.network.tellsOtherwise(undefined)
  await alice.get('account.signOut', {})
  await alice.signsIn(alice.email)
  expect((await alice.get('provider.state', {})).mismatch).toEqual(mismatch)
})

scenario(
  'the service changes its signing key: wallets follow by its endorsement, and the old one signs no more',
  async ({ alice, service }) => {
    await alice.has('EUR', '50.00')
    const before = (await alice.get('provider.check', {})).verified?.keyId ?? ''
    const rotate = (keyId: string) =>
      get<{ keyId: string }>(service, '/v1/operator/keys', { token: service.operatorToken, body: { keyId } })
    const { keyId } = await rotate(before)
    expect(keyId).not.toBe(before)
    await expect(rotate(before)).rejects.toThrow('not_found')
    const state = await alice.get('provider.check', {})
    expect(state).toMatchObject({ mismatch: null, verified: { keyId } })
    // It is the same service all the same, also after a restart, and for who signs in now.
    await service.restarts()
    await alice.has('EUR', '5.00')
    await alice.nowHas('EUR', '55.00')
    expect((await signingOf(service)).keyId).toBe(keyId)
    expect(await alice.get('provider.check', {})).toMatchObject({ mismatch: null, verified: { keyId } })
  },
)

scenario('a new key without an endorsement is refused, whoever holds it', async ({ alice, service }) => {
  await alice.has('EUR', '50.00')
  await alice.get('provider.check', {})
  const { keyId } = await signingOf(service)
  await get(service, '/v1/operator/keys', { token: service.operatorToken, body: { keyId } })
  // The old key is lost: the book names a key that nobody endorsed.
  await service.ports.store.write(async tx => {
    const keys = JSON.parse((await tx.settings.find('service_keys')) ?? '[]')
    await tx.settings.save('service_keys', JSON.stringify([keys[0], { ...keys[1], endorsement: null }]))
  })
  expect((await alice.get('provider.check', {})).mismatch?.code).toBe('key_unknown')
})

/** Days pass, and what locked itself meanwhile is opened again. */
async function passes(days: number, { clock, service }: Pick<World, 'clock' | 'service'>, ...people: readonly Person[]): Promise<void> {
  await clock.moves(days * 86_400_000)
  await makeRoots(service.ports)
  for (const one of people) await one.ask('app.unlock', { password: null })
}

scenario(
  'once a day is over the wallet finds its accounts in the root of that day, on every device the same one',
  async ({ alice, bob, another, clock, service }) => {
    await alice.has('EUR', '50.00')
    await bob.has('EUR', '7.00')
    const day = dayOf(clock.now())
    await passes(1, { clock, service }, alice, bob)
    const { root, mismatch } = await alice.get('provider.check', {})
    expect([mismatch, root?.day]).toEqual([null, day])
    expect((await bob.get('provider.check', {})).root?.fingerprint).toBe(root?.fingerprint)
    // The key changes: the same root, signed anew, also for a device that comes after.
    await get(service, '/v1/operator/keys', { token: service.operatorToken, body: { keyId: (await signingOf(service)).keyId } })
    expect(await alice.get('provider.check', {})).toMatchObject({ mismatch: null, root: { fingerprint: root?.fingerprint } })
    const second = await another()
    await second.signsIn(alice.email)
    // By itself, once it has read everything.
    await soon(async () => expect((await second.get('provider.state', {})).root?.fingerprint).toBe(root?.fingerprint))
    await alice.restarts()
    await alice.ask('app.unlock', { password: null })
    expect((await alice.get('provider.state', {})).root).toEqual(root)
    await passes(3, { clock, service }, alice)
    expect((await alice.get('provider.check', {})).root?.day).toBe(dayOf(clock.now() - 86_400_000))
  },
)

scenario(
  'a service that tells two roots for one day is found out, and nothing is spent on its word',
  async ({ alice, clock, service, shop }) => {
    await alice.has('EUR', '50.00')
    const order = await shop.asks('EUR', '24.90')
    await passes(1, { clock, service }, alice)
    const { root } = await alice.get('provider.check', {})
    const { sign } = await signingOf(service)
    const { serviceId } = service.ports.identity
    alice.network.answersOtherwise('/v1/roots', answer => {
      const { roots, newest } = answer as { roots: SignedRoot[]; newest: string }
      return {
        newest,
        roots: roots.map(one => {
          const other = { ...one, tree: one.tree.replace(/./, one.tree.startsWith('A') ? 'B' : 'A') }
          return { ...other, signature: sign(rootText(serviceId, { ...other, at: Date.parse(other.at) })) }
        }),
      }
    })
    const state = await alice.get('provider.check', {})
    expect(state).toMatchObject({ mismatch: { code: 'root_changed', detail: { day: root?.day } }, root })
    const wish = { id: newId(), orderCode: order.code, total: { currency: 'EUR', value: '24.90' }, shopId: order.shop.id } as const
    expect(await alice.ask('payments.confirm', wish)).toMatchObject({ ok: false, code: 'provider_mismatch' })
    const { path } = await alice.get('provider.saveEvidence', { id: state.mismatch?.id ?? '', path: null })
    const evidence = JSON.parse(await readFile(path, 'utf8'))
    expect(evidence).toMatchObject({
      code: 'root_changed',
      told: { roots: [{ day: root?.day }] },
      book: { lastRoot: { root: { day: root?.day } } },
    })
    expect(evidence.told.roots[0].tree).not.toBe(evidence.book.lastRoot.root.tree)
    alice.network.answersOtherwise('/v1/roots', answer => answer)
    await alice.get('provider.goOn', { id: state.mismatch?.id ?? '' })
    await alice.nowHas('EUR', '50.00')
    expect((await alice.get('provider.check', {})).root?.fingerprint).toBe(root?.fingerprint)
  },
)
