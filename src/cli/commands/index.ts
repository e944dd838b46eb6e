import type { Command } from '../command.ts'
import { alerts } from './alerts.ts'
import { label, note } from './annotations.ts'
import { backup } from './backup.ts'
import { balance } from './balance.ts'
import { call } from './call.ts'
import { contacts } from './contacts.ts'
import { details } from './details.ts'
import { devices } from './devices.ts'
import { exportStatement } from './export.ts'
import { freeze, unfreeze } from './freeze.ts'
import { history } from './history.ts'
import { identity } from './identity.ts'
import { limits } from './limits.ts'
import { methods } from './methods.ts'
import { pay } from './pay.ts'
import { security } from './security.ts'
import { signIn } from './signIn.ts'
import { topUp } from './topUp.ts'
import { recover, vault } from './vault.ts'
import { verify } from './verify.ts'

/** The words of `okpay`. To add one: one file, one line. */
export const commands = {
  balance,
  history,
  export: exportStatement,
  pay,
  'top-up': topUp,
  note,
  label,
  contacts,
  devices,
  identity,
  details,
  limits,
  security,
  alerts,
  freeze,
  unfreeze,
  'sign-in': signIn,
  verify,
  backup,
  vault,
  recover,
  methods,
  call,
} as const satisfies Record<string, Command>
