import { tokenGoodUntil } from '#core/account/session.ts'
import { ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ServicePorts, Signer, Signers } from '../ports.ts'
import { goodSessionOf, noteUse, tokenHash } from '../sessions.ts'

const mostSigners = 10_000
/** Another instance may have exchanged or ended a session without this one hearing of it; and that a device is heard is to be noted now and then. */
const rememberedMs = 60_000

type Known = Signer & { readonly until: Instant }

/**
 * Finds who signs. Which device a token is bound to, whose it is and what its key is never changes, so it is kept for a minute for those who were heard last: a
 * look-up for each command would cost a transaction of its own. Whether the device still may is asked in the transaction of what it commands.
 */
export function createSigners(ports: Pick<ServicePorts, 'store' | 'clock' | 'config' | 'log' | 'placeOf'>): Signers & { close(): void } {
  const { store, clock, config } = ports
  const known = new Map<string, Known>()
  // Only to forget early: the command's own transaction refuses a revoked device, here and on every other instance.
  const stop = store.onChange(change => {
    if (change.type !== 'device') return
    for (const [hash, { deviceId }] of known) if (deviceId === change.deviceId) known.delete(hash)
  })
  return {
    find: async (token, address) => {
      const now = clock()
      const hash = tokenHash(token)
      const signer = known.get(hash)
      // A clock that was set back must not keep anybody for longer.
      if (signer && now < signer.until && signer.until - now <= rememberedMs) return ok(signer)
      known.delete(hash)
      const found = await store.read(tx => goodSessionOf(tx, token, ports, now))
      if (!found.ok) return found
      const { device, times } = found.value
      await noteUse(ports, device, address, now)
      if (known.size >= mostSigners) known.clear()
      const until = Math.min(now + rememberedMs, tokenGoodUntil(times, config.sessions))
      const one = { holderId: device.holderId, deviceId: device.id, publicKey: device.publicKey, until }
      known.set(hash, one)
      return ok(one)
    },
    close: stop,
  }
}
