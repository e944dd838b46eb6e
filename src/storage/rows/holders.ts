import type { Holder } from '../serviceStore.ts'
import { columnsOf } from './columns.ts'

export const holderColumns = columnsOf<Holder>({
  id: 'id',
  email: 'email',
  emailKey: 'email_key',
  name: 'name',
  country: 'country',
  bornOn: 'born_on',
  timeZone: 'time_zone',
  heldDay: 'held_day',
  heldDayEndsAt: 'held_day_ends_at',
  locale: 'locale',
  passwordHash: 'password_hash',
  registeredAt: 'registered_at',
  securityHoldSince: 'security_hold_since',
  tier: 'tier',
})
