import { z } from 'zod'
import { commandBodies } from '#contracts/service/commands.ts'
import { amount } from '#contracts/wire/scalars.ts'
import { order, type Payment } from '#contracts/wire/shapes.ts'
import type { OutboxIntent } from './outbox.ts'

/** What the person saw on the slip: kept with the intent, so that a payment that waits can be shown without the service. */
const agreed = z.strictObject({ order, amount, fee: amount })
export type Agreed = z.infer<typeof agreed>

/** A saved payment that the service has not answered: pending, and never a balance. Undefined for any other intent. */
export function pendingOf({ command, context }: OutboxIntent): Payment | undefined {
  if (command.type !== 'payment.confirm') return undefined
  const { total } = commandBodies['payment.confirm'].parse(command.body)
  return {
    id: command.id,
    state: 'pending',
    ...agreed.parse(context),
    total,
    balanceAfter: null,
    decline: null,
    timeline: [{ state: 'confirmed', at: command.madeAt }],
  }
}
