import { z } from 'zod'
import { accountLock, accountLocks, serviceReason } from '../wire/accountLock.ts'
import { email } from '../wire/scalars.ts'
import { route } from './route.ts'

const nothing = z.strictObject({})

/** As the person sees it, with the operator who agreed to lift it first. */
const lockOnDesk = accountLock.extend({ agreedBy: z.string().nullable() })
const locksOnDesk = z.strictObject({ locks: z.array(lockOnDesk).max(50) })

export const accountLockRoutes = {
  accountLock: route({
    method: 'GET',
    path: '/v1/account-lock',
    caller: 'session',
    input: nothing,
    output: accountLocks,
    summary: 'The locks that stand on the account and those of before, each with all that became of it and when',
  }),
  freezeAccount: route({
    method: 'POST',
    path: '/v1/account-lock',
    caller: 'session',
    input: nothing,
    output: accountLocks,
    summary: 'Freeze the account: money out stops at once; also stops an unlocking that waits',
  }),
  /** Declines: credentials_wrong, sign_in_wait, second_factor_required, security_hold (the service's), not_found (none of theirs stands). */
  unfreezeAccount: route({
    method: 'POST',
    path: '/v1/account-lock/removal',
    caller: 'session',
    input: z.strictObject({ password: z.string().max(1000), proof: z.string().max(100).nullable() }),
    output: accountLocks,
    summary: "Lift one's own lock: by password and second factor at once, by password and a code by mail after a day",
  }),
  lockAccount: route({
    method: 'POST',
    path: '/v1/operator/account-locks',
    caller: 'operator',
    input: z.strictObject({ email, reason: serviceReason }),
    output: locksOnDesk,
    summary: 'Lock an account for the service; the person is told by mail and on every device',
  }),
  /** Declines: not_found (no lock of the service stands), second_operator_required. */
  unlockAccount: route({
    method: 'POST',
    path: '/v1/operator/account-locks/removal',
    caller: 'operator',
    input: z.strictObject({ email }),
    output: locksOnDesk,
    summary: 'Agree to lift a lock of the service: the second operator lifts it',
  }),
  locksOfAccount: route({
    method: 'GET',
    path: '/v1/operator/account-locks',
    caller: 'operator',
    input: z.strictObject({ email }),
    output: locksOnDesk,
    summary: 'Every lock that an account had, the newest first',
  }),
}
