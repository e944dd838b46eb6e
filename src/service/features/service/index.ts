import { ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import type { ServiceConfig } from '../../config.ts'
import type { Feature, Identity, RouteOutput } from '../../ports.ts'
import { iso } from '../../wires.ts'

/** What the service says of itself. While its book is sealed its id is not known yet and stands empty. */
export const describeService = (
  config: ServiceConfig,
  serviceId: string,
  now: Instant,
  keys: Identity['keys'] = [],
): RouteOutput<'describe'> => ({
  name: config.name,
  serviceId,
  keys: [...keys],
  sandbox: config.sandbox,
  apiVersion: 1,
  now: iso(now),
  currencies: [...currencyCodes],
  supportEmail: config.supportEmail,
})

export const serviceFeature: Feature = {
  routes: { describe: async ({ config, identity, clock }) => ok(describeService(config, identity.serviceId, clock(), identity.keys)) },
}
