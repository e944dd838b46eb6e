import type { ServiceKey } from '#contracts/service/account.ts'
import { no, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { currencyCodes } from '#core/money/currencies/index.ts'
import type { ServiceConfig } from '../../config.ts'
import { addKey } from '../../identity.ts'
import type { Feature, RouteOutput } from '../../ports.ts'
import { signedAnew } from '../../root/makeRoots.ts'
import { iso } from '../../wires.ts'

/** What the service says of itself. While its book is sealed its id is not known yet and stands empty. */
export const describeService = (
  config: ServiceConfig,
  serviceId: string,
  now: Instant,
  keys: readonly ServiceKey[] = [],
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

/** No wallet reads a longer list of keys. */
const mostKeys = 100

export const serviceFeature: Feature = {
  routes: {
    describe: async ({ store, config, identity, clock }) => {
      const { keys } = await store.read(identity.signing)
      return ok(describeService(config, identity.serviceId, clock(), keys))
    },
    rotateKey: (ports, { by }, { keyId }) =>
      ports.store.write(async tx => {
        const before = await ports.identity.signing(tx)
        if (before.keyId !== keyId) return no('not_found')
        if (before.keys.length >= mostKeys) return no('not_allowed')
        const now = ports.clock()
        const signing = await addKey(tx, ports, now)
        const detail = { key: signing.keyId, before: keyId }
        await tx.audit.append({ at: now, by, act: 'key.rotated', object: 'service', detail })
        const newest = await tx.roots.newest()
        if (newest) await tx.roots.signAnew(signedAnew(newest.root, ports.identity.serviceId, signing))
        return ok({ keyId: signing.keyId })
      }),
  },
}
