import { z } from 'zod'
import { amount, id } from '../wire/scalars.ts'
import { securityEvent } from '../wire/shapes.ts'
import { appState } from './app.ts'
import { statementProgress } from './history.ts'

/** What the wallet tells the window unasked. While locked only `app.changed` is sent. */
export const events = {
  'app.changed': appState,
  /** These topics have news: ask again. */
  'data.changed': z.strictObject({
    topics: z.array(
      z.enum([
        'balances',
        'history',
        'topUps',
        'payments',
        'account',
        'limits',
        'support',
        'mailbox',
        'provider',
        'personal',
        'devices',
        'safety',
        'identity',
        'risk',
      ]),
    ),
  }),
  /** Money arrived: told once, quietly. */
  'money.arrived': z.strictObject({ subject: id, amount }),
  /** Another device was added, named or signed out: told once by each device. */
  'security.told': securityEvent,
  /** The database is being encrypted with another key. */
  'vault.progress': z.strictObject({ step: z.enum(['copying', 'encrypting', 'checking', 'placing']) }),
  'statement.progress': statementProgress,
  /** A deep link was opened; it only leads to the slip. */
  'link.opened': z.strictObject({ text: z.string() }),
} as const

export type Events = { [K in keyof typeof events]: z.infer<(typeof events)[K]> }
export type EventName = keyof Events
