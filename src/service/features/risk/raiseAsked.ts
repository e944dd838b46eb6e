import type { Act } from '#contracts/wire/secondFactor.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { findOrder } from '../order/index.ts'
import { judge } from '../payment/judge.ts'
import { openCase } from './cases.ts'

type Asked = {
  readonly holder: Holder
  readonly deviceId: string
  readonly act: Extract<Act, { readonly kind: 'payment' }>
  readonly now: Instant
}

/** Tells of an unusual payment as soon as its code is asked for: whoever cannot give the code goes no further, and its holder shall know of them. */
export async function raiseAsked(tx: Tx, ports: ServicePorts, { holder, deviceId, act, now }: Asked): Promise<void> {
  const order = await findOrder(tx, act.orderCode)
  if (!order) return
  const { risk } = await judge(tx, ports, { id: act.commandId, holder, deviceId, order, now }, null)
  if (!risk || risk.judgement.decision === 'allow') return
  await openCase(tx, ports, { holder, deviceId, shop: order.shop, amount: order, risk, state: 'asked' })
}
