import { z } from 'zod'
import { accountLocks } from '../wire/accountLock.ts'
import { read, write } from '../wire/method.ts'

const nothing = z.strictObject({})

/** Freezing the account: money out stops on every device at once. Each asks the service: faults of the service, nothing is kept to be sent later. */
export const accountLock = {
  state: read({ input: nothing, output: accountLocks, when: 'signed_in' }),
  freeze: write({ input: nothing, output: accountLocks, when: 'signed_in' }),
  /** `proof`: an answered question of `secondFactor.ask` for the act `unfreeze`. Declines: credentials_wrong, sign_in_wait, second_factor_required, security_hold, not_found. */
  unfreeze: write({
    input: z.strictObject({ password: z.string().max(1000), proof: z.string().max(100) }),
    output: accountLocks,
    when: 'signed_in',
  }),
}
