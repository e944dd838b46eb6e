import { expect, test } from 'vitest'
import type { WalletStore } from '#core/wallet/store.ts'
import { balancesFeature } from '#main/features/balances.ts'
import type { Rates } from '#main/features/rates.ts'
import { testClock } from '../../support/clock.ts'

const perEuro = { CNY: '8' }

test('the trend ends with today, one total a calendar day in the home currency, each as the day ended', async () => {
  // The nights on which clocks are changed are among the thirty days.
  const now = new Date(2026, 10, 9, 15, 30).getTime()
  const asked: number[] = []
  const { trend } = balancesFeature({
    store: {
      pastBalances: async (instants: readonly number[]) => {
        asked.push(...instants)
        return instants.map((_, ago) => [{ currency: 'EUR' as const, minor: BigInt(100 * (30 - ago)) }])
      },
    } as Partial<WalletStore> as WalletStore,
    rates: { current: async () => ({ source: 'ecb', on: '2026-11-06', origin: 'live', perEuro }) } as Rates,
    clock: testClock(now),
    homeCurrency: () => 'CNY',
  })
  const told = await trend({}, { shell: 'loopback' })
  const days = told.ok ? told.value.days : []
  expect(days).toHaveLength(30)
  expect(days[0]).toEqual({ day: '2026-10-11', total: { currency: 'CNY', value: '8.00' } })
  expect(days[29]).toEqual({ day: '2026-11-09', total: { currency: 'CNY', value: '240.00' } })
  expect(asked[0]).toBe(new Date(2026, 10, 10).getTime())
  expect(asked.at(-1)).toBe(new Date(2026, 9, 12).getTime())
})
