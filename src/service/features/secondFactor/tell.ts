import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { SafetyNews } from '../../mail/write.ts'
import type { ServicePorts } from '../../ports.ts'

/** Tells what changed in an account's safety on every channel: by mail, and on each device. `until`: of what can still be stopped. */
export async function tellSafety(tx: Tx, ports: ServicePorts, holder: Holder, what: SafetyNews, now: Instant, until = now): Promise<void> {
  await appendFeed(tx, holder.id, { type: 'safety' }, now)
  await enqueueMail(tx, ports, holder, { kind: 'safety', what, name: holder.name, at: now, until, timeZone: holder.timeZone }, now)
}
