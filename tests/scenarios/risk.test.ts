import { expect } from 'vitest'
import { get } from '../support/service.ts'
import { newId, type Person, scenario, soon } from './world.ts'

const dayMs = 86_400_000
/** What is used of the limit of a day, as a device shows it. */
const usedToday = async (person: Person) =>
  (await person.get('limits.overview', {})).limits.find(({ kind, rail }) => kind === 'per_day' && rail === null)?.used.value

scenario(
  'a strange payment from a new device waits; the other device hears why; an operator refuses; money and limits are back',
  async ({ alice, another, shop, clock, service }) => {
    await alice.has('EUR', '1200.00')
    const rests = async (days: number) => {
      await clock.moves(days * dayMs)
      await soon(async () => expect(await alice.get('app.state', {})).toMatchObject({ phase: 'locked' }))
      await alice.get('app.unlock', { password: null })
    }
    for (let day = 0; day < 6; day += 1) {
      for (let n = 0; n < 2; n += 1) await alice.confirms(await shop.asks('EUR', '20.00'))
      await rests(1)
    }
    await rests(4)
    await alice.nowHas('EUR', '960.00')

    const thief = await another()
    await thief.signsIn(alice.email)
    const order = await shop.asks('EUR', '900.00')
    const slip = await thief.get('payments.review', { text: order.code })
    expect(slip.risk?.decision).toBe('hold')
    const id = newId()
    expect((await thief.confirms(order, id)).state).toBe('held')
    await soon(async () => expect(await usedToday(alice)).toBe('900.00'))

    const alert = await soon(async () => {
      const [found] = (await alice.get('risk.alerts', {})).alerts
      expect(found).toMatchObject({ id, state: 'waiting', isThisDevice: false })
      return found
    })
    expect(alert?.reasons.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['new_device_large', 'new_payee_large']))

    await get(service, `/v1/operator/risk/cases/${id}/decision`, { token: service.operatorToken, body: { approve: false } })
    await alice.nowHas('EUR', '960.00')
    await soon(async () => expect(await alice.payment(id)).toMatchObject({ state: 'voided', decline: { code: 'risk_refused' } }))
    expect((await alice.get('risk.alerts', {})).alerts).toMatchObject([{ id, state: 'refused' }])
    await soon(async () => expect(await usedToday(alice)).toBe('0.00'))
    await shop.wasNotPaid(order)
  },
)
