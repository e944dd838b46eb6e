import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { newId, readFolder, scenario, soon } from './world.ts'

scenario('a second device sees the same account', async ({ alice, another, shop }) => {
  await alice.has('EUR', '50.00')
  await alice.has('JPY', '900')
  const payment = await alice.confirms(await shop.asks('EUR', '24.90'))
  await alice.nowHas('EUR', '25.10')

  const second = await another()
  await second.signsIn(alice.email)
  await second.nowHas('EUR', '25.10')
  await second.nowHas('JPY', '900')
  await soon(async () => {
    const page = { filter: {}, after: null, limit: 50 } as const
    expect(await second.get('history.page', page)).toEqual(await alice.get('history.page', page))
  })
  expect(await second.payment(payment.id)).toEqual(await alice.payment(payment.id))
  expect(await second.get('account.profile', {})).toEqual(await alice.get('account.profile', {}))
  expect(second.told.filter(({ event }) => event === 'money.arrived')).toEqual([])

  await second.confirms(await shop.asks('EUR', '5.10'))
  await alice.nowHas('EUR', '20.00')
})

scenario('a top-up that the bank pays shows without asking', async ({ alice }) => {
  await alice.get('account.openCurrencies', { currencies: ['EUR'] })
  const topUp = await alice.get('topUps.create', { id: newId(), amount: { currency: 'EUR', value: '12.34' } })
  expect(topUp).toMatchObject({ state: 'instructed', reference: expect.stringMatching(/^RF\d\d/) })
  await soon(async () => expect((await alice.get('topUps.list', {})).topUps).toHaveLength(1))
  alice.told.length = 0
  await alice.get('topUps.simulateTransfer', { id: topUp.id })
  await soon(() =>
    expect(alice.told).toContainEqual({
      event: 'money.arrived',
      payload: { subject: topUp.id, amount: { currency: 'EUR', value: '12.34' } },
    }),
  )
  const topics = alice.told.flatMap(told => (told.event === 'data.changed' ? told.payload.topics : []))
  expect(topics).toEqual(expect.arrayContaining(['balances', 'topUps', 'history']))
  const { rows } = await alice.get('history.page', { filter: {}, after: null, limit: 10 })
  expect(rows).toMatchObject([{ id: topUp.id, state: 'done', amount: { value: '12.34' }, balanceAfter: { value: '12.34' } }])
  expect((await alice.get('topUps.get', { id: topUp.id })).timeline.at(-1)).toMatchObject({ state: 'credited' })
})

scenario('one person sees nothing of another', async ({ alice, bob, shop }) => {
  await alice.has('EUR', '50.00')
  const payment = await alice.confirms(await shop.asks('EUR', '24.90'))
  expect((await bob.get('balances.overview', {})).balances.filter(({ posted }) => /[1-9]/.test(posted.value))).toEqual([])
  expect(await bob.ask('payments.get', { id: payment.id })).toMatchObject({ code: 'not_found' })
  expect(await bob.ask('history.detail', { id: payment.id })).toMatchObject({ code: 'not_found' })
})

scenario('a locked wallet says nothing, and its folder holds nothing to read', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  const order = await shop.asks('EUR', '24.90')
  await alice.confirms(order)
  await alice.nowHas('EUR', '25.10')
  await alice.get('app.lock', {})
  alice.told.length = 0
  expect(await alice.ask('balances.overview', {})).toMatchObject({ code: 'wallet_locked' })
  expect(await alice.ask('account.profile', {})).toMatchObject({ code: 'wallet_locked' })
  const state = JSON.stringify(await alice.get('app.state', {}))
  for (const secret of ['Lin', alice.email, '25.10']) expect(state).not.toContain(secret)
  expect(alice.told.filter(({ event }) => event !== 'app.changed')).toEqual([])

  const names = readdirSync(alice.dataDir, { recursive: true }).map(String)
  const bytes = await readFolder(alice.dataDir, names)
  for (const secret of ['Lin Meihua', alice.email, order.code, 'Lumen Books', '"token"']) expect(bytes).not.toContain(secret)

  await alice.get('app.unlock', { password: null })
  await alice.nowHas('EUR', '25.10')
})

scenario('signing out forgets the account here, and ends the session there', async ({ alice, service }) => {
  await alice.has('EUR', '50.00')
  await soon(() => expect(readdirSync(join(alice.dataDir, 'backup')).some(name => name.endsWith('.db'))).toBe(true))
  await alice.get('account.signOut', {})
  expect(await alice.get('app.state', {})).toMatchObject({ phase: 'unlocked', signedIn: false })
  expect(await alice.ask('balances.overview', {})).toMatchObject({ code: 'not_signed_in' })
  expect(readdirSync(join(alice.dataDir, 'backup')).filter(name => name.endsWith('.db'))).toEqual([])
  const { store } = service.ports
  expect(await store.read(async tx => (await tx.holders.findByEmail?.(alice.email)) !== undefined)).toBe(true)

  await alice.signsIn(alice.email)
  await alice.nowHas('EUR', '50.00')
})

scenario('signing in twice asks to sign out first', async ({ alice, bob }) => {
  expect(await alice.ask('account.signIn', { email: bob.email, password: 'x' })).toMatchObject({ code: 'signed_in_elsewhere' })
  expect(await alice.ask('account.register', { email: 'c@example.org' })).toMatchObject({ code: 'signed_in_elsewhere' })
})

scenario('a wrong password and an unknown e-mail look the same', async ({ alice, another }) => {
  const stranger = await another()
  const wrong = await stranger.ask('account.signIn', { email: alice.email, password: 'not it at all' })
  const unknown = await stranger.ask('account.signIn', { email: 'nobody@example.org', password: 'not it at all' })
  expect(wrong).toEqual(unknown)
  expect(wrong).toMatchObject({ code: 'credentials_wrong' })
})

scenario('a currency opens at once and a limit can be asked up', async ({ alice }) => {
  expect(await alice.get('account.openCurrencies', { currencies: ['KWD', 'JPY'] })).toEqual({
    opened: expect.arrayContaining(['KWD', 'JPY']),
  })
  await soon(async () => {
    const { balances } = await alice.get('balances.overview', {})
    expect(balances.find(({ currency }) => currency === 'KWD')).toMatchObject({ posted: { value: '0.000' } })
  })
  const { limits } = await soon(async () => {
    const overview = await alice.get('limits.overview', {})
    expect(overview.limits).toHaveLength(6)
    return overview
  })
  const perDay = limits.find(({ kind }) => kind === 'per_day')
  const amount = { currency: perDay?.amount.currency ?? 'EUR', value: '9000.00' } as const
  await alice.get('limits.askRaise', { id: newId(), kind: 'per_day', amount, reason: 'rent' })
  await soon(async () => {
    const after = await alice.get('limits.overview', {})
    expect(after.limits.find(({ kind }) => kind === 'per_day')?.requested?.amount).toEqual(amount)
  })
})

scenario('a question is numbered and kept', async ({ alice }) => {
  const question = await alice.get('support.ask', { id: newId(), about: 'fees', text: 'Why was there no fee?' })
  expect(question).toMatchObject({ state: 'open', answer: null })
  await soon(async () => expect((await alice.get('support.list', {})).questions).toEqual([question]))
})

scenario('the address for mail is the one that the service tells, out of its reach too', async ({ alice }) => {
  const told = { email: 'help@okpay.example' }
  expect(await alice.get('support.contact', {})).toEqual(told)
  alice.network.goesOffline()
  await alice.clock.moves(61_000)
  expect(await alice.get('support.contact', {})).toEqual(told)
})

scenario('a statement is written, proven, and never over another', async ({ alice, shop }) => {
  await alice.has('EUR', '50.00')
  await alice.confirms(await shop.asks('EUR', '24.90'))
  await alice.nowHas('EUR', '25.10')
  const all = { format: 'csv', from: null, to: null, currencies: null } as const
  const write = async () => {
    const { id } = await alice.get('statements.start', { ...all, id: newId(), path: null })
    return soon(async () => {
      const progress = await alice.get('statements.progress', { id })
      expect(progress.state).toBe('done')
      return progress
    })
  }
  const [first, second] = [await write(), await write()]
  expect(first.path).toMatch(/okpay-\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/)
  expect(second.path).toMatch(/-2\.csv$/)
  expect(first.proof).toMatchObject([
    { currency: 'EUR', opening: { value: '0.00' }, movements: 2, sum: { value: '25.10' }, closing: { value: '25.10' } },
  ])
  expect(await alice.get('statements.reveal', { id: first.id })).toEqual({ revealed: true })
  expect(await alice.ask('statements.preview', { ...all, from: '2026-02-01', to: '2026-01-01' })).toMatchObject({
    code: 'export_period_invalid',
  })
  expect(await alice.ask('statements.start', { ...all, id: newId(), path: '/tmp/anywhere.csv' })).toMatchObject({ code: 'not_allowed' })
})
