import { expect, test } from 'vitest'
import { migrateStore } from '#service/program/migrateStore.ts'
import { speak } from '#service/program/speech.ts'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import { withoutPassword } from '#storage/postgres/url.ts'
import { postgresOfThisFile } from '../support/postgres.ts'
import { newId, story } from './world.ts'

const postgres = postgresOfThisFile()

test('a wallet goes on when its service has moved to PostgreSQL: the same service, the same answers, and new money', async context => {
  const url = await (await postgres(context)).emptyDatabase()
  await story(async ({ alice, service, shop }) => {
    await alice.has('EUR', '50.00')
    const order = await shop.asks('EUR', '24.90')
    const id = newId()
    const paid = await alice.confirms(order, id)
    await alice.nowHas('EUR', '25.10')
    const { serviceId } = service.ports.identity
    await service.restarts(async (folder, key) => {
      const env = { OKPAY_DATABASE_KEY: key.toString('hex'), OKPAY_DATABASE_URL: url }
      const desk = { env, say: speak({ LANG: 'en' }), print: () => undefined }
      expect(await migrateStore(desk, { from: folder, to: withoutPassword(url) }, false)).toBe(0)
      return openServiceStore({ url })
    })
    expect(service.ports.identity.serviceId).toBe(serviceId)
    expect(await alice.confirms(order, id).catch((error: unknown) => error)).toMatchObject({ id: paid.id, state: 'captured' })
    await shop.wasPaidOnce(order)
    await alice.nowHas('EUR', '25.10')
    await alice.has('EUR', '10.00')
    await alice.nowHas('EUR', '35.10')
    const next = await shop.asks('EUR', '5.10')
    await alice.confirms(next)
    await shop.wasPaidOnce(next)
    await alice.nowHas('EUR', '30.00')
    const { mismatch, verified } = await alice.get('provider.check', {})
    expect([mismatch, verified]).toEqual([null, expect.objectContaining({ movements: expect.any(Number) })])
  })
})
