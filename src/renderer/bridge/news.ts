import type { QueryClient } from '@tanstack/react-query'
import type { Events } from '#contracts/bridge/events.ts'
import type { MethodName } from '#contracts/bridge/index.ts'

type Topic = Events['data.changed']['topics'][number]

/** Which reads a topic makes stale. */
const reads: Readonly<Record<Topic, readonly MethodName[]>> = {
  balances: ['balances.overview', 'balances.trend', 'topUps.offer', 'payments.review', 'statements.preview'],
  history: ['history.page', 'history.detail', 'statements.preview'],
  topUps: ['topUps.list', 'topUps.get'],
  payments: ['payments.get', 'payments.pending', 'limits.splits'],
  account: ['account.profile', 'accountLock.state', 'securityCentre.overview', 'limits.overview', 'payments.review'],
  limits: ['limits.overview', 'securityCentre.overview', 'limits.splits', 'payments.review'],
  support: ['support.list'],
  mailbox: ['account.mailbox', 'securityCentre.mails'],
  provider: ['provider.state', 'payments.review'],
  safety: ['secondFactor.state', 'securityCentre.overview', 'securityCentre.mails', 'contactDetails.state', 'payments.review'],
  risk: ['risk.alerts', 'payments.review'],
  personal: ['notes.of', 'notes.labels', 'contacts.list', 'contacts.ofMovement'],
  devices: ['devices.list', 'securityCentre.overview', 'securityCentre.mails', 'devices.events'],
  identity: ['identity.overview'],
}

/** Asks again what has news and is on the screen; the rest when it is next shown. */
export function refresh(queries: QueryClient, topics: readonly Topic[]): void {
  for (const topic of topics) for (const method of reads[topic]) void queries.invalidateQueries({ queryKey: [method] })
}
