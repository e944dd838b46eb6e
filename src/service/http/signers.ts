import { no, ok } from '#core/failure/outcome.ts'
import type { ServiceStore } from '#storage/serviceStore.ts'
import type { Signer, Signers } from '../ports.ts'
import { tokenHash } from '../sessions.ts'

const mostSigners = 10_000

/**
 * Finds who signs. Which device a token is bound to, whose it is and what its key is never changes, so it is kept for those who were heard last: a look-up
 * for each command would cost a transaction of its own. Whether the device still may is asked in the transaction of what it commands.
 */
export function createSigners(store: Pick<ServiceStore, 'read' | 'onChange'>): Signers & { close(): void } {
  const known = new Map<string, Signer>()
  // Only to forget early: the command's own transaction refuses a revoked device, here and on every other instance.
  const stop = store.onChange(change => {
    if (change.type !== 'device') return
    for (const [hash, { deviceId }] of known) if (deviceId === change.deviceId) known.delete(hash)
  })
  return {
    find: async token => {
      const hash = tokenHash(token)
      const signer = known.get(hash)
      if (signer) return ok(signer)
      return store.read(async tx => {
        const session = await tx.sessions.find(hash)
        const device = session && (await tx.devices.find(session.deviceId))
        if (!device) return no('not_signed_in')
        if (session.endedAt !== null || device.revokedAt !== null) return no('device_revoked')
        const found = { holderId: device.holderId, deviceId: device.id, publicKey: device.publicKey }
        if (known.size >= mostSigners) known.clear()
        known.set(hash, found)
        return ok(found)
      })
    },
    close: stop,
  }
}
