import type { Feature } from '../bridge/implement.ts'
import type { SignedIn } from '../sync/signedIn.ts'

/** Freezing the account. The service alone knows its locks: nothing of them is kept here, and nothing waits to be sent. */
export const accountLockFeature = ({ call }: Pick<SignedIn, 'call'>): Feature<'accountLock'> => ({
  state: () => call('accountLock', {}),
  freeze: () => call('freezeAccount', {}),
  unfreeze: input => call('unfreezeAccount', input),
})
