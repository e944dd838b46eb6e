import { devices, type UnsentWish } from '#contracts/bridge/devices.ts'
import { commandBodies } from '#contracts/service/commands.ts'
import type { WalletStore } from '#core/wallet/store.ts'
import type { OutboxIntent } from './outbox.ts'
import { pendingOf } from './pendingPayment.ts'

/** The prefix says that it belongs to this device and outlives the account. */
const settingName = 'device.unsent'
const kept = devices.unsent.output.shape.wishes

/** What the outbox held when this device was signed out from elsewhere: nothing of it was done, and the person is told so. */
export type Unsent = {
  keep(intents: readonly OutboxIntent[]): Promise<void>
  list(): Promise<readonly UnsentWish[]>
  forget(): Promise<void>
}

function wishOf(intent: OutboxIntent): UnsentWish {
  const { id, type, madeAt, body } = intent.command
  const wish = { id, kind: type, madeAt, payee: '' }
  const payment = pendingOf(intent)
  if (payment) return { ...wish, amount: payment.total, payee: payment.order.shop.name }
  const topUp = type === 'top_up.create' ? commandBodies[type].parse(body) : undefined
  return { ...wish, amount: topUp?.amount ?? null }
}

export function createUnsent(store: Pick<WalletStore, 'setting' | 'keepSetting'>): Unsent {
  const list = async (): Promise<readonly UnsentWish[]> => {
    const text = await store.setting(settingName)
    return text === undefined ? [] : kept.parse(JSON.parse(text))
  }
  return {
    list,
    async keep(intents) {
      if (intents.length > 0) await store.keepSetting(settingName, JSON.stringify([...(await list()), ...intents.map(wishOf)]))
    },
    forget: () => store.keepSetting(settingName, null),
  }
}
