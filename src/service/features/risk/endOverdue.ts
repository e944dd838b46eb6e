import type { ServicePorts } from '../../ports.ts'
import { tellDecision } from './operate.ts'
import { releaseWaiting } from './settle.ts'

const batch = 50

/** Money for which no operator has decided in time goes back. */
export async function endOverdue(ports: ServicePorts): Promise<void> {
  const due = await ports.store.read(tx => tx.riskCases.overdue(ports.clock(), batch))
  for (const { id, holderId } of due)
    await ports.store.write(async tx => {
      const now = ports.clock()
      await tx.holders.find(holderId)
      const one = await tx.riskCases.find(id)
      if (one?.state !== 'waiting' || (one.endsAt ?? now) > now) return
      await tellDecision(tx, ports, await releaseWaiting(tx, ports, one, 'lapsed', now), now)
    })
}
