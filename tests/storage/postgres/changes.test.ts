import { expect, test, vi } from 'vitest'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import type { Change } from '#storage/serviceStore.ts'
import { ana } from '../../conformance/serviceRows.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 })

test('each instance hears of every commit of the others, once, and of none that was undone', async context => {
  const url = await (await postgres(context)).database()
  const [here, there] = await Promise.all([openServiceStore({ url }), openServiceStore({ url })])
  await here.write(tx => tx.holders.add(ana))
  const heard: Record<'here' | 'there', Change[]> = { here: [], there: [] }
  here.onChange(change => heard.here.push(change))
  there.onChange(change => heard.there.push(change))
  const all = 60
  const write = (n: number) =>
    (n % 2 === 0 ? here : there).write(async tx => {
      await tx.feed.append('ana', '{}', n)
      await tx.devices.revoke(`device ${n}`, n)
      if (n % 3 === 0) throw new Error('undone')
    })
  await Promise.allSettled(Array.from({ length: all }, (_, n) => write(n)))
  const numbers = (changes: readonly Change[]) =>
    changes.flatMap(change => (change.type === 'feed' ? [change.last] : [])).sort((a, b) => a - b)
  const devices = (changes: readonly Change[]) => changes.flatMap(change => (change.type === 'device' ? [change.deviceId] : [])).sort()
  const stand = Array.from({ length: all }, (_, n) => n).filter(n => n % 3 !== 0)
  await eventually(() => {
    for (const changes of Object.values(heard)) {
      expect(numbers(changes)).toEqual(stand.map((_, index) => index + 1))
      expect(devices(changes)).toEqual(stand.map(n => `device ${n}`).sort())
    }
  })
  await new Promise(resolve => setTimeout(resolve, 200))
  expect(heard.here).toHaveLength(2 * stand.length)
  expect(heard.there).toHaveLength(2 * stand.length)
  await Promise.all([here.close(), there.close()])
})

test('news go on after the database was away', async context => {
  const server = await postgres(context)
  const url = await server.database()
  const [here, there] = await Promise.all([openServiceStore({ url }), openServiceStore({ url })])
  const heard: Change[] = []
  there.onChange(change => heard.push(change))
  await server.crash()
  await expect(here.read(tx => tx.settings.find('x'))).rejects.toMatchObject({ code: 'service_offline' })
  await server.start()
  await here.write(tx => tx.devices.revoke('phone', 1))
  await eventually(() => expect(heard).toEqual([{ type: 'device', deviceId: 'phone' }]))
  await Promise.all([here.close(), there.close()])
})
