import type { z } from 'zod'
import { account } from './account.ts'
import { accountLock } from './accountLock.ts'
import { app } from './app.ts'
import { backups } from './backups.ts'
import { contactDetails } from './contactDetails.ts'
import { devices } from './devices.ts'
import { diagnostics } from './diagnostics.ts'
import { history, statements } from './history.ts'
import { identity } from './identity.ts'
import { limits } from './limits.ts'
import { balances, payments, support, topUps } from './money.ts'
import { contacts, notes } from './personal.ts'
import { provider } from './provider.ts'
import { risk } from './risk.ts'
import { secondFactor } from './secondFactor.ts'
import { securityCentre } from './securityCentre.ts'
import { vault } from './vault.ts'

/** Everything that a window or a terminal may ask of the wallet. Shells, preload, permissions, docs and tests are derived from this table. */
export const bridge = {
  app,
  vault,
  account,
  accountLock,
  devices,
  identity,
  balances,
  topUps,
  payments,
  limits,
  support,
  history,
  statements,
  provider,
  notes,
  contacts,
  backups,
  secondFactor,
  securityCentre,
  risk,
  diagnostics,
  contactDetails,
}

type Bridge = typeof bridge
/** `feature.method`, such as `payments.confirm`. */
export type MethodName = { [F in keyof Bridge]: `${F}.${keyof Bridge[F] & string}` }[keyof Bridge]
type MethodOf<N extends MethodName> = N extends `${infer F}.${infer M}`
  ? F extends keyof Bridge
    ? M extends keyof Bridge[F]
      ? Bridge[F][M]
      : never
    : never
  : never
export type InputOf<N extends MethodName> = MethodOf<N> extends { input: infer I extends z.ZodType } ? z.input<I> : never
export type OutputOf<N extends MethodName> = MethodOf<N> extends { output: infer O extends z.ZodType } ? z.output<O> : never

export const methodNames = Object.entries(bridge).flatMap(([feature, methods]) =>
  Object.keys(methods).map(method => `${feature}.${method}`),
) as readonly MethodName[]
