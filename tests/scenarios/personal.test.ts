import { expect } from 'vitest'
import type { ContactView } from '#contracts/bridge/personal.ts'
import { testClock } from '../support/clock.ts'
import { newId, type Person, readFolder, scenario, soon, type World } from './world.ts'

const hour = 3_600_000

/** A second wallet of alice, on a clock of its own where one is given. */
async function secondOf({ alice, another }: Pick<World, 'alice' | 'another'>, offsetMs = 0): Promise<Person> {
  const second = await another(offsetMs === 0 ? undefined : { clock: testClock(Date.now() + offsetMs) })
  await second.signsIn(alice.email)
  return second
}

const contactsOf = async (person: Person) => (await person.get('contacts.list', {})).contacts
const contact = async (person: Person, id: string): Promise<ContactView | undefined> =>
  (await contactsOf(person)).find(one => one.id === id)
const shows = (person: Person, id: string, expected: Partial<ContactView> | undefined) =>
  soon(async () => {
    const found = await contact(person, id)
    if (expected) expect(found).toMatchObject({ ...expected, kept: 'everywhere' })
    else expect(found).toBeUndefined()
  })

scenario('two devices that change different fields of one contact while offline have both', async ({ alice, another }) => {
  const id = newId()
  const second = await secondOf({ alice, another })
  await alice.get('contacts.save', { id, name: 'Lin', email: 'lin@example.org', note: '' })
  await shows(second, id, { name: 'Lin', email: 'lin@example.org' })

  alice.network.goesOffline()
  second.network.goesOffline()
  expect(await alice.get('contacts.save', { id, name: 'Lin Meihua' })).toMatchObject({ name: 'Lin Meihua', kept: 'here' })
  expect(await second.get('contacts.save', { id, note: '房租，每月 3 日' })).toMatchObject({ name: 'Lin', kept: 'here' })
  alice.network.comesBack()
  second.network.comesBack()

  for (const one of [alice, second]) await shows(one, id, { name: 'Lin Meihua', email: 'lin@example.org', note: '房租，每月 3 日' })
  expect(await contactsOf(alice)).toEqual(await contactsOf(second))
})

scenario('of one field that both changed offline the later stands, and both show the same', async ({ alice, another, clock }) => {
  const id = newId()
  const second = await secondOf({ alice, another })
  await alice.get('contacts.save', { id, name: 'Lin' })
  await shows(second, id, { name: 'Lin' })
  for (const one of [alice, second]) one.network.goesOffline()
  await alice.get('contacts.save', { id, name: 'earlier' })
  await clock.moves(60_000)
  await second.get('contacts.save', { id, name: 'later' })
  second.network.comesBack()
  await shows(second, id, { name: 'later' })
  alice.network.comesBack()
  for (const one of [alice, second]) await shows(one, id, { name: 'later' })
})

scenario(
  'a contact removed here stays removed, whatever another device wrote meanwhile, and can be brought back',
  async ({ alice, another }) => {
    const id = newId()
    const second = await secondOf({ alice, another })
    await alice.get('contacts.save', { id, name: 'Lin', note: 'rent' })
    await shows(second, id, { name: 'Lin' })
    second.network.goesOffline()
    await second.get('contacts.save', { id, name: 'Lin M.' })
    await alice.get('contacts.remove', { id })
    second.network.comesBack()
    for (const one of [alice, second]) await shows(one, id, undefined)
    await alice.get('contacts.save', { id, name: 'Lin', email: '', note: 'rent' })
    for (const one of [alice, second]) await shows(one, id, { name: 'Lin', note: 'rent' })
  },
)

scenario('a note and labels of a movement are on both devices, found by search and by label', async ({ alice, another, shop }) => {
  await alice.has('EUR', '50.00')
  const payment = await alice.confirms(await shop.asks('EUR', '24.90'))
  await soon(async () => expect((await alice.payment(payment.id)).state).toBe('captured'))
  await alice.get('notes.write', { id: payment.id, note: '和客户见面，聊 harvest 计划' })
  await alice.get('notes.label', { id: payment.id, label: '出差' })
  await alice.get('notes.label', { id: payment.id, label: 'Travel' })
  const second = await secondOf({ alice, another })
  for (const one of [alice, second]) {
    await soon(async () =>
      expect(await one.get('notes.of', { id: payment.id })).toEqual({
        note: '和客户见面，聊 harvest 计划',
        labels: ['Travel', '出差'],
        kept: 'everywhere',
      }),
    )
    const found = async (filter: object) => (await one.get('history.page', { filter, after: null, limit: 10 })).rows.map(row => row.id)
    await soon(async () => expect(await found({ label: '出差' })).toEqual([payment.id]))
    expect(await found({ query: '见面' })).toEqual([payment.id])
    expect(await found({ query: 'harv 客户' })).toEqual([payment.id])
    expect(await found({ query: 'travel' })).toEqual([payment.id])
    expect(await found({ label: 'TRAVEL', query: '见面', kinds: ['payment'] })).toEqual([payment.id])
    expect(await found({ label: '出差', kinds: ['top_up'] })).toEqual([])
    expect(await found({ label: 'nothing' })).toEqual([])
    expect((await one.get('notes.labels', {})).labels).toEqual([
      { label: 'Travel', count: 1 },
      { label: '出差', count: 1 },
    ])
  }
  for (const one of [alice, second]) one.network.goesOffline()
  await alice.get('notes.unlabel', { id: payment.id, label: 'travel' })
  await second.get('notes.label', { id: payment.id, label: 'Tea' })
  for (const one of [alice, second]) one.network.comesBack()
  for (const one of [alice, second])
    await soon(async () =>
      expect(await one.get('notes.of', { id: payment.id })).toMatchObject({ labels: ['Tea', '出差'], kept: 'everywhere' }),
    )
  await alice.get('notes.write', { id: payment.id, note: '' })
  await soon(async () => expect((await second.get('history.page', { filter: { query: '见面' }, after: null, limit: 10 })).rows).toEqual([]))
})

scenario('a device whose clock is ten hours fast does not win for ever', async ({ alice, another }) => {
  const id = newId()
  const fast = await secondOf({ alice, another }, 10 * hour)
  await fast.get('contacts.save', { id, name: 'by the fast one' })
  for (const one of [alice, fast]) await shows(one, id, { name: 'by the fast one' })
  await alice.get('contacts.save', { id, name: 'by the right one' })
  for (const one of [alice, fast]) await shows(one, id, { name: 'by the right one' })
})

scenario('nor does one whose clock jumps ahead while it is offline', async ({ alice, another, clock }) => {
  const id = newId()
  const own = testClock(clock.now())
  const second = await another({ clock: own })
  await second.signsIn(alice.email)
  await alice.get('contacts.save', { id, name: 'Lin', note: '1' })
  await shows(second, id, { name: 'Lin' })
  second.network.goesOffline()
  await own.moves(10 * hour)
  await second.get('app.unlock', { password: null })
  await second.get('contacts.save', { id, name: 'first', note: '2' })
  // Everybody else is a minute on and changes the same field.
  await clock.moves(60_000)
  await alice.get('contacts.save', { id, name: 'then' })
  await shows(alice, id, { name: 'then' })
  second.network.comesBack()
  // It had given up asking for a while.
  await own.moves(60_000)
  for (const one of [alice, second]) await shows(one, id, { name: 'then', note: '2' })
  await second.get('contacts.save', { id, name: 'last' })
  for (const one of [alice, second]) await shows(one, id, { name: 'last' })
})

scenario('one whose clock is ten hours slow is heard all the same', async ({ alice, another }) => {
  const id = newId()
  const slow = await secondOf({ alice, another }, -10 * hour)
  await alice.get('contacts.save', { id, name: 'Lin' })
  await shows(slow, id, { name: 'Lin' })
  await slow.get('contacts.save', { id, name: 'by the slow one' })
  for (const one of [alice, slow]) await shows(one, id, { name: 'by the slow one' })
})

scenario('what was saved when the wallet was killed is sent when it is there again', async ({ alice, another }) => {
  const id = newId()
  const second = await secondOf({ alice, another })
  alice.network.goesOffline()
  await alice.get('contacts.save', { id, name: 'Lin' })
  await alice.restarts()
  await alice.get('app.unlock', { password: null })
  await soon(async () => expect(await contact(alice, id)).toMatchObject({ name: 'Lin', kept: 'here' }))
  alice.network.comesBack()
  for (const one of [alice, second]) await shows(one, id, { name: 'Lin' })
})

scenario('an answer that is lost, and a change that comes twice, change nothing', async ({ alice, another, service }) => {
  const second = await secondOf({ alice, another })
  const [one, two] = [newId(), newId()]
  alice.network.losesTheNextAnswer()
  await alice.get('contacts.save', { id: one, name: 'lost answer' })
  for (const person of [alice, second]) await shows(person, one, { name: 'lost answer' })
  alice.network.doublesTheNextRequest()
  await alice.get('contacts.save', { id: two, name: 'twice' })
  for (const person of [alice, second]) await shows(person, two, { name: 'twice' })
  const { holderId } = await alice.get('account.profile', {})
  const rows = await service.ports.store.read(tx => tx.feed.page(holderId, 0, 500))
  expect(rows.filter(({ json }) => json === '{"type":"personal"}')).toHaveLength(2)
})

scenario('nothing that a person writes stands in a log, in the feed, or in plain text on the disk', async ({ alice, service }) => {
  const secret = 'amethyst harbour'
  const id = newId()
  await alice.get('contacts.save', { id, name: secret, note: secret })
  await shows(alice, id, { name: secret })
  await alice.get('contacts.remove', { id })
  await shows(alice, id, undefined)
  await soon(async () => {
    const { holderId } = await alice.get('account.profile', {})
    const { registers, rows } = await service.ports.store.read(async tx => ({
      registers: await tx.personal.page(holderId, 0, 500),
      rows: await tx.feed.page(holderId, 0, 500),
    }))
    // Removed, its text is gone from the service's book too.
    expect(registers.filter(({ value }) => value !== null).map(({ field }) => field)).toEqual(['removed'])
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
  expect(JSON.stringify(service.log)).not.toContain(secret)
  await alice.get('app.lock', {})
  expect(await readFolder(alice.dataDir, ['logs/wallet.log', 'wallet.db', 'wallet.db-wal'])).not.toContain(secret)
})

scenario('one person sees nothing of what another wrote, and too much is refused', async ({ alice, bob, shop }) => {
  const id = newId()
  await alice.get('contacts.save', { id, name: 'Lin' })
  await shows(alice, id, { name: 'Lin' })
  expect(await contactsOf(bob)).toEqual([])
  expect(await bob.ask('contacts.remove', { id })).toMatchObject({ code: 'not_found' })

  await alice.has('EUR', '50.00')
  const payment = await alice.confirms(await shop.asks('EUR', '24.90'))
  expect(await bob.ask('notes.write', { id: payment.id, note: 'mine' })).toMatchObject({ code: 'not_found' })
  expect(await alice.ask('notes.write', { id: payment.id, note: 'x'.repeat(2_001) })).toMatchObject({ code: 'note_too_long' })
  expect(await alice.ask('notes.label', { id: payment.id, label: ' ' })).toMatchObject({ code: 'label_invalid' })
  expect(await alice.ask('contacts.save', { id, email: 'lin' })).toMatchObject({ code: 'email_invalid' })
})

scenario('a shop that was paid becomes one contact, whichever device takes it up', async ({ alice, another, shop }) => {
  await alice.has('EUR', '50.00')
  const payment = await alice.confirms(await shop.asks('EUR', '24.90'))
  const second = await secondOf({ alice, another })
  await soon(async () => expect((await second.get('contacts.ofMovement', { id: payment.id })).shop?.name).toBe('Lumen Books'))
  const { shop: paid } = await alice.get('contacts.ofMovement', { id: payment.id })
  if (!paid) throw new Error('no shop')
  for (const one of [alice, second]) one.network.goesOffline()
  for (const one of [alice, second]) await one.get('contacts.save', { id: paid.id, name: paid.name })
  for (const one of [alice, second]) one.network.comesBack()
  for (const one of [alice, second]) {
    await shows(one, paid.id, { kind: 'shop', name: 'Lumen Books' })
    expect(await contactsOf(one)).toHaveLength(1)
    expect((await one.get('contacts.ofMovement', { id: payment.id })).contact?.id).toBe(paid.id)
  }
})

scenario('signing out sends what was only here; signing in brings everything back', async ({ alice }) => {
  const id = newId()
  await alice.get('contacts.save', { id, name: 'Lin' })
  await alice.get('account.signOut', {})
  await alice.signsIn(alice.email)
  await shows(alice, id, { name: 'Lin' })
})
