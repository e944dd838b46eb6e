import { personalText } from '#contracts/service/signing.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { byPlace, compareRegisters, merge, mostRegisters, placeOf, type Register } from '#core/personal/register.ts'
import { isTooFarAhead } from '#core/personal/stamp.ts'
import type { NumberedRegister } from '#storage/featureRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { appendFeed } from '../../feed/append.ts'
import { isTextSigned } from '../../http/signature.ts'
import type { Feature, SignerCaller } from '../../ports.ts'

/** A row of the feed tells of at most so many registers as one call may bring (contracts/service/personal.ts), so a page holds at least one row whole. */
const pageRegisters = 500

const withoutNumber = ({ subject, field, value, stamp }: Register): Register => ({ subject, field, value, stamp })

/** Keeps what is later than what is held, in one transaction with its row of the feed. Answers those of which the holder has a later one. */
async function write(
  tx: Tx,
  { holderId, deviceId }: SignerCaller,
  told: readonly Register[],
  now: Instant,
): Promise<Outcome<{ later: Register[] }>> {
  // Read again inside the transaction: whoever writes for this holder follows, and a revoked device counts from its commit on.
  const [locked, device] = [await tx.holders.find(holderId), await tx.devices.find(deviceId)]
  if (!locked || !device || device.revokedAt !== null) return no('device_revoked')
  if (told.some(({ stamp }) => stamp.device !== deviceId)) return no('input_invalid', { field: 'registers.stamp.device' })
  const newest = await tx.personal.newest(holderId)
  if (told.some(({ stamp }) => isTooFarAhead(stamp, newest, now))) return no('dated_ahead')
  const held = byPlace(await tx.personal.find(holderId, told))
  const merged = merge(held, told)
  const changed = [...merged.values()].filter(register => held.get(placeOf(register)) !== register)
  const added = merged.size - held.size
  if (added > 0 && (await tx.personal.count(holderId)) + added > mostRegisters) return no('notes_full')
  if (changed.length > 0) {
    const n = await appendFeed(tx, holderId, { type: 'personal' }, now)
    await tx.personal.save(
      holderId,
      changed.map(register => ({ ...register, n })),
    )
  }
  const isLater = (register: Register): boolean =>
    told.every(one => placeOf(one) !== placeOf(register) || compareRegisters(one, register) < 0)
  return ok({ later: [...merged.values()].filter(isLater).map(withoutNumber) })
}

/** As many whole rows of the feed as fit on a page. */
function wholeRows(found: readonly NumberedRegister[]): readonly NumberedRegister[] {
  const beyond = found[pageRegisters]
  return beyond ? found.filter(({ n }) => n < beyond.n) : found
}

/** Notes, labels and contacts, for the holder's devices. */
export const personalFeature: Feature = {
  routes: {
    writePersonal: async ({ store, clock, identity, verifySignature }, caller, { registers, signature }) => {
      const text = () => personalText(identity.serviceId, caller.deviceId, registers)
      if (!(await isTextSigned(verifySignature, caller.publicKey, text, signature))) return no('signature_invalid')
      return store.write(tx => write(tx, caller, registers, clock()))
    },
    readPersonal: ({ store }, { holder }, { after }) =>
      store.read(async tx => {
        const found = await tx.personal.page(holder.id, after, pageRegisters + 1)
        const registers = wholeRows(found)
        return ok({
          registers: registers.map(withoutNumber),
          next: registers.at(-1)?.n ?? after,
          isLast: registers.length === found.length,
        })
      }),
  },
}
