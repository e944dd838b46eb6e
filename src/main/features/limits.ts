import { ok } from '#core/failure/outcome.ts'
import type { Feature } from '../bridge/implement.ts'
import { resultOf } from '../sync/signedIn.ts'
import { timeZone } from './days.ts'
import { accountZone, type LimitParts, limitsNow } from './limitsNow.ts'
import { splitMethods } from './splits.ts'

/** Limits of what leaves the account, and plans of payments that passed one. */
export const limitsFeature = (parts: LimitParts): Feature<'limits'> => ({
  ...splitMethods(parts),
  async overview() {
    return ok({ limits: [...(await limitsNow(parts))], timeZone: await accountZone(parts), here: timeZone() })
  },
  async set({ id, ...wish }) {
    return resultOf(await parts.account.command(id, 'limit.set', wish), answer => answer.limit)
  },
  async askRaise({ id, ...wish }) {
    return resultOf(await parts.account.command(id, 'limit.ask_raise', wish), answer => answer.limit)
  },
  async moveDay({ id, ...wish }) {
    return resultOf(await parts.account.command(id, 'limit.move_day', wish), answer => answer.limit)
  },
})
