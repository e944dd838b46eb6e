import { expect, it } from 'vitest'
import type { MirroredPosting, MovementRow, WalletStore } from '#core/wallet/store.ts'
import { historyFeature } from '#main/features/history.ts'

const id = '018f0000-0000-7000-8000-000000000001'
const row: MovementRow = {
  id,
  kind: 'payment',
  state: 'done',
  at: 0,
  title: 'Lumen Books',
  reference: 'LB-1',
  currency: 'EUR',
  minor: -1000n,
  feeMinor: 0n,
  afterMinor: 0n,
  words: '',
}
const accounts = ['holder:h1:EUR', 'merchant:shop-lumen:EUR', 'fee:okpay:EUR', 'escrow:of-a-newer-service:EUR']
const posting: MirroredPosting = {
  id,
  kind: 'payment',
  subject: id,
  effectiveAt: 0,
  recordedAt: 0,
  legs: accounts.map(account => ({ account, currency: 'EUR', minor: 0n, version: 0, chain: '', own: false, label: '' })),
}

it('says of each leg whose account it stands in; one of an unknown kind is somebody else’s', async () => {
  const store = {
    movement: async () => row,
    postingsOf: async () => [posting],
    document: async () => undefined,
    labelsOf: async () => ({}),
  } as unknown as WalletStore
  const answer = await historyFeature({ store }).detail({ id }, { shell: 'loopback' })
  expect(answer.ok && answer.value.legs.map(({ kind }) => kind)).toEqual(['holder', 'merchant', 'fee', 'foreign'])
})
