import { isPasswordOld } from '../account/secondFactor.ts'
import type { Instant } from '../ledger/command.ts'

/** What is looked at, in the order in which it is shown. */
export const checks = [
  'account',
  'second_factor',
  'password',
  'devices',
  'recovery_kit',
  'app_lock',
  'mail_phrase',
  'limits',
  'knowledge',
] as const
export type Check = (typeof checks)[number]

/** `info`: neither good nor bad. `look`: only the person can say whether it is right. `unknown`: the service could not be asked. */
export const checkStates = ['good', 'info', 'better', 'look', 'missing', 'unknown'] as const
export type CheckState = (typeof checkStates)[number]

/** Everything that a check can find, and how good that is. */
export const findings = {
  account_free: 'good',
  account_held: 'look',
  reset_waiting: 'look',
  factor_app: 'good',
  factor_recovery_low: 'better',
  factor_mail: 'better',
  factor_none: 'missing',
  password_fine: 'good',
  password_old: 'better',
  devices_known: 'good',
  device_new: 'look',
  kit_made: 'good',
  kit_none: 'missing',
  lock_itself: 'good',
  lock_never: 'missing',
  phrase_set: 'good',
  phrase_none: 'better',
  limits_hold: 'info',
  knowledge_done: 'good',
  knowledge_open: 'better',
  unreachable: 'unknown',
} as const satisfies Record<string, CheckState>
export type Finding = keyof typeof findings

type DeviceFact = { readonly name: string; readonly addedAt: Instant; readonly isThis: boolean }

/** What is known. `safety` and `devices` are null where the service could not be asked. */
export type SafetyFacts = {
  readonly now: Instant
  readonly heldSince: Instant | null
  readonly safety: {
    readonly appSince: Instant | null
    readonly mailSince: Instant | null
    readonly recoveryLeft: number
    readonly passwordChangedAt: Instant
    readonly resetAt: Instant | null
    readonly mailPhrase: string | null
  } | null
  readonly devices: readonly DeviceFact[] | null
  readonly kitMadeAt: Instant | null
  /** Minutes; null: never by itself. */
  readonly lockAfterMinutes: number | null
  /** When the questions about fraud were last answered. */
  readonly learntAt: Instant | null
}

/** `at`, `count`, `name`: what the sentence of the finding names, null where it names none. */
export type CheckRow = {
  readonly check: Check
  readonly finding: Finding
  readonly state: CheckState
  readonly at: Instant | null
  readonly count: number | null
  readonly name: string | null
}

type Found = { readonly finding: Finding; readonly at?: Instant | null; readonly count?: number | null; readonly name?: string }

/** A device is new for a week; fewer recovery codes than this are few. */
const newDeviceMs = 7 * 86_400_000
const fewCodes = 3

const unreachable: Found = { finding: 'unreachable' }

function secondFactor({ safety }: SafetyFacts): Found {
  if (safety === null) return unreachable
  const { appSince, mailSince, recoveryLeft } = safety
  if (appSince !== null && recoveryLeft < fewCodes) return { finding: 'factor_recovery_low', count: recoveryLeft }
  if (appSince !== null) return { finding: 'factor_app', at: appSince, count: recoveryLeft }
  return mailSince === null ? { finding: 'factor_none' } : { finding: 'factor_mail', at: mailSince }
}

/** The newest that came after the one that asks: what was there before it is known to who signed it in. */
function devicesFound({ devices, now }: SafetyFacts): Found {
  if (devices === null) return unreachable
  const here = devices.find(({ isThis }) => isThis)?.addedAt ?? now
  const isNew = ({ addedAt, isThis }: DeviceFact) => !isThis && addedAt > here && now - addedAt < newDeviceMs
  const newest = devices.filter(isNew).sort((a, b) => b.addedAt - a.addedAt)[0]
  if (newest) return { finding: 'device_new', at: newest.addedAt, name: newest.name }
  return { finding: 'devices_known', count: devices.length }
}

const lookInto: Readonly<Record<Check, (facts: SafetyFacts) => Found>> = {
  account: ({ heldSince, safety }) => {
    if (heldSince !== null) return { finding: 'account_held', at: heldSince }
    if (safety === null) return unreachable
    return safety.resetAt === null ? { finding: 'account_free' } : { finding: 'reset_waiting', at: safety.resetAt }
  },
  second_factor: secondFactor,
  password: ({ safety, now }) => {
    if (safety === null) return unreachable
    const { passwordChangedAt: at } = safety
    return { finding: isPasswordOld(at, now) ? 'password_old' : 'password_fine', at }
  },
  devices: devicesFound,
  recovery_kit: ({ kitMadeAt: at }) => (at === null ? { finding: 'kit_none' } : { finding: 'kit_made', at }),
  app_lock: ({ lockAfterMinutes: count }) => (count === null ? { finding: 'lock_never' } : { finding: 'lock_itself', count }),
  mail_phrase: ({ safety }) => {
    if (safety === null) return unreachable
    return safety.mailPhrase === null ? { finding: 'phrase_none' } : { finding: 'phrase_set', name: safety.mailPhrase }
  },
  limits: () => ({ finding: 'limits_hold' }),
  knowledge: ({ learntAt: at }) => (at === null ? { finding: 'knowledge_open' } : { finding: 'knowledge_done', at }),
}

/** Answers "am I safe?": one row for each check, with what was found and how good that is. */
export const review = (facts: SafetyFacts): readonly CheckRow[] =>
  checks.map(check => {
    const { finding, at = null, count = null, name = null } = lookInto[check](facts)
    return { check, finding, state: findings[finding], at, count, name }
  })

/** The worst of all, which the summary begins with. */
const fromWorst = ['look', 'missing', 'better', 'unknown'] as const

export function summaryOf(states: readonly CheckState[]): (typeof fromWorst)[number] | 'good' {
  return fromWorst.find(state => states.includes(state)) ?? 'good'
}
