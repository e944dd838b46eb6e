import { codeLifeMs, codeResendMs, codeTries, readMailCode } from '#core/account/code.ts'
import { parseEmail } from '#core/account/email.ts'
import { resetWaitMs } from '#core/account/secondFactor.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { PasswordReset } from '#storage/safetyRepositories.ts'
import type { Holder } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler, RouteInput, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { readFactorCode, takeFactorCode } from '../secondFactor/factorCode.ts'
import { waysOfHolder } from '../secondFactor/safetyOf.ts'
import { tellSafety } from '../secondFactor/tell.ts'
import { endReset, setPassword } from './currentPassword.ts'
import { hashCode, hashPassword, matches } from './passwordHash.ts'
import { acceptedPassword } from './passwords.ts'
import { randomCode } from './randomCode.ts'
import { countTry, factorTries, waitsUntil } from './tries.ts'

const dayMs = 86_400_000
/** To one e-mail in a day, as with registrations. */
const mostADay = 10

/** From outside an e-mail without an account looks the same: it gets a mail that says so, and a code that fits nothing. */
export const startReset: RouteHandler<'startReset'> = async (ports, _caller, { email, locale }) => {
  const parsed = parseEmail(email)
  if (!parsed.ok) return parsed
  const { address, key } = parsed.value
  const code = randomCode(ports.random)
  const codeHash = await hashCode(code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    await tx.passwordResets.forget(now - 2 * dayMs)
    const { count, firstAt, lastAt } = await tx.passwordResets.startedFor(key, now - dayMs)
    const until = count >= mostADay ? (firstAt ?? now) + dayMs : (lastAt ?? -codeResendMs) + codeResendMs
    if (now < until) return no('code_resend_wait', { at: iso(until) })
    const holder = await tx.holders.findByEmail(key)
    const reset: PasswordReset = {
      id: Buffer.from(ports.random(32)).toString('base64url'),
      emailKey: key,
      holderId: holder?.id ?? null,
      codeHash: holder ? codeHash : null,
      codeExpiresAt: now + codeLifeMs,
      triesLeft: codeTries,
      startedAt: now,
      ...{ passwordHash: null, holdsFrom: null, endedAt: null },
    }
    await tx.passwordResets.add(reset)
    if (holder) await enqueueMail(tx, ports, holder, { kind: 'resetCode', code, minutes: codeLifeMs / 60_000 }, now, codeLifeMs)
    else await enqueueMail(tx, ports, { email: address, locale }, { kind: 'noAccount' }, now)
    const times = { resendAt: iso(now + codeResendMs), codeExpiresAt: iso(reset.codeExpiresAt) }
    return ok({ resetId: reset.id, deliveredBy: ports.mailer.deliveredBy, ...times })
  })
}

/** A reset whose code can still be given. Declines: not_found, code_expired, code_tries_used_up. */
function openReset(reset: PasswordReset | undefined, now: Instant): Outcome<PasswordReset> {
  if (!reset || reset.holdsFrom !== null) return no('not_found')
  if (reset.codeExpiresAt <= now) return no('code_expired')
  return reset.triesLeft === 0 ? no('code_tries_used_up') : ok(reset)
}

type Proved = { readonly holder: Holder; readonly reset: PasswordReset }

/** The mail code, counted before it is answered. It is not used up: where something else is wrong, the person corrects that. */
async function proveCode(ports: ServicePorts, { resetId, code }: RouteInput<'finishReset'>): Promise<Outcome<Proved>> {
  const seen = openReset(await ports.store.read(tx => tx.passwordResets.find(resetId)), ports.clock())
  if (!seen.ok) return seen
  const typed = readMailCode(code)
  const isRight = typed !== undefined && (await matches(typed, seen.value.codeHash, 'code'))
  return ports.store.write(async tx => {
    const open = openReset(await tx.passwordResets.find(resetId), ports.clock())
    if (!open.ok) return open
    const reset = open.value
    if (typed === undefined) return no('code_wrong', { triesLeft: String(reset.triesLeft) })
    const holder = reset.holderId === null ? undefined : await tx.holders.find(reset.holderId)
    if (isRight && holder) return ok({ holder, reset })
    const triesLeft = reset.triesLeft - 1
    await tx.passwordResets.save({ ...reset, triesLeft })
    return triesLeft === 0 ? no('code_tries_used_up') : no('code_wrong', { triesLeft: String(triesLeft) })
  })
}

/**
 * With a second factor the new password holds at once. Without one it holds after a day: every device and the mail are warned, and a device, or signing in
 * with the old password, stops it. A code by mail is no second factor here, for the first one came by mail too.
 */
export const finishReset: RouteHandler<'finishReset'> = async (ports, caller, input) => {
  const proved = await proveCode(ports, input)
  if (!proved.ok) return proved
  const { holder, reset } = proved.value
  const accepted = await acceptedPassword(ports, input.password, holder)
  if (!accepted.ok) return accepted
  const ways = (await ports.store.read(tx => waysOfHolder(tx, holder.id))).filter(way => way !== 'mail')
  const { factor } = input
  if (ways.length > 0 && factor === null) return no('second_factor_required', { ways: ways.join(' ') })
  const typed = factor && (await readFactorCode(ports, { holderId: holder.id, codeHash: null }, factor.way, factor.code))
  const passwordHash = await hashPassword(accepted.value)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const current = await tx.holders.find(holder.id)
    const open = openReset(await tx.passwordResets.find(reset.id), now)
    if (!open.ok) return open
    if (!current) return no('not_found')
    const hasFactor = (await waysOfHolder(tx, holder.id)).some(way => way !== 'mail')
    if (hasFactor) {
      if (!typed) return no('second_factor_required', { ways: ways.join(' ') })
      const counted = factorTries(holder.id, caller.address)
      const until = await waitsUntil(tx, counted, now)
      if (until !== undefined) return no('sign_in_wait', { at: iso(until) })
      if (typed.typed === undefined || !(await takeFactorCode(tx, ports, current, typed, null, now))) {
        if (typed.typed !== undefined) await countTry(tx, counted, now)
        return no('factor_code_wrong')
      }
      await tx.signInCounts.clear(counted.account.key)
    }
    await endReset(tx, ports, current, now)
    const holdsFrom = hasFactor ? now : now + resetWaitMs
    await tx.passwordResets.save({ ...open.value, passwordHash, holdsFrom, endedAt: hasFactor ? now : null })
    if (hasFactor) await setPassword(tx, ports, current, passwordHash, now)
    else await tellSafety(tx, ports, current, 'reset_waiting', now, holdsFrom)
    return ok({ holdsFrom: iso(holdsFrom) })
  })
}

export const stopReset: RouteHandler<'stopReset'> = async (ports, { holder }) =>
  ports.store.write(async tx => ((await endReset(tx, ports, holder, ports.clock())) ? ok({ stopped: true }) : no('not_found')))
