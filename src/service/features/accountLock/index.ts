import { no, ok } from '#core/failure/outcome.ts'
import type { Feature, ServicePorts, Work } from '../../ports.ts'
import { inRounds } from '../../rounds.ts'
import { holderByEmail } from '../operator/holderByEmail.ts'
import { freeze } from './freezeLink.ts'
import { agree, unfreezeAccount } from './liftLocks.ts'
import { locksOnDesk, locksWire } from './lockWire.ts'
import { freezeAccount, lockAccount, standingLocks } from './setLocks.ts'

const batch = 100
const everyMs = 1_000

/** Tells of the locks whose wait is over. Whether money may leave never waits for this. */
async function liftOpened(ports: ServicePorts): Promise<void> {
  const now = ports.clock()
  const opened = await ports.store.read(tx => tx.accountLocks.opened(now, batch))
  for (const { holderId } of opened)
    await ports.store.write(async tx => {
      const holder = await tx.holders.find(holderId)
      if (holder) await standingLocks(tx, ports, holder, now)
    })
}

const keepLifting = (ports: ServicePorts): Work => inRounds(ports, { event: 'lift_locks', everyMs }, () => liftOpened(ports))

/** Freezing an account and locking it: money out stops, money in, help, statements and exports go on. */
export const accountLockFeature: Feature = {
  routes: {
    accountLock: (ports, { holder }) => ports.store.read(async tx => ok(await locksWire(tx, holder, ports.clock()))),
    freezeAccount: (ports, { holder: { id } }) =>
      ports.store.write(async tx => {
        const holder = await tx.holders.find(id)
        if (!holder) return no('not_signed_in')
        const now = ports.clock()
        await freezeAccount(tx, ports, holder, { reason: 'asked', who: `holder:${id}`, now })
        return ok(await locksWire(tx, holder, now))
      }),
    unfreezeAccount,
    lockAccount: (ports, { by }, { email, reason }) =>
      ports.store.write(async tx => {
        const holder = await holderByEmail(tx, email)
        if (!holder.ok) return holder
        const now = ports.clock()
        await lockAccount(tx, ports, holder.value, { reason, who: by, now })
        return ok(await locksOnDesk(tx, holder.value, now))
      }),
    unlockAccount: (ports, { by }, { email }) =>
      ports.store.write(async tx => {
        const holder = await holderByEmail(tx, email)
        if (!holder.ok) return holder
        const now = ports.clock()
        const agreed = await agree(tx, ports, holder.value, by, now)
        return agreed.ok ? ok(await locksOnDesk(tx, holder.value, now)) : agreed
      }),
    locksOfAccount: (ports, _caller, { email }) =>
      ports.store.read(async tx => {
        const holder = await holderByEmail(tx, email)
        return holder.ok ? ok(await locksOnDesk(tx, holder.value, ports.clock())) : holder
      }),
  },
  mailLinks: { freeze },
  work: keepLifting,
}
