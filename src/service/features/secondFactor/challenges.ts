import { act } from '#contracts/wire/secondFactor.ts'
import { codeResendMs } from '#core/account/code.ts'
import { ways as allWays, type Way } from '#core/account/secondFactor.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ChallengeRecord } from '#storage/safetyRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler } from '../../ports.ts'
import { type NewDevice, tokenHash } from '../../sessions.ts'
import { iso } from '../../wires.ts'
import { endReset } from '../account/currentPassword.ts'
import { hashCode } from '../account/passwordHash.ts'
import { randomCode } from '../account/randomCode.ts'
import { signDeviceIn } from '../account/signDeviceIn.ts'
import { countTry, factorTries, waitsUntil } from '../account/tries.ts'
import { learn } from '../risk/learn.ts'
import { readFactorCode, takeFactorCode } from './factorCode.ts'

const waysIn = ({ ways }: ChallengeRecord): readonly Way[] => allWays.filter(way => ways.split(' ').includes(way))

/** What is approved, in the words that a mail needs: a payment names its shop, signing out names the device. */
async function approvedIn(tx: Tx, { holderId, kind, content }: ChallengeRecord) {
  if (kind === 'sign_in') return { act: 'sign_in', amount: null, whom: '' } as const
  const approved = act.parse(JSON.parse(content))
  if (approved.kind === 'payment') {
    const order = await tx.orders.findByCode(approved.orderCode)
    return { act: approved.kind, amount: approved.total, whom: order?.shop.name ?? approved.shopId }
  }
  if (approved.kind === 'device') {
    const device = await tx.devices.find(approved.deviceId)
    return { act: approved.kind, amount: null, whom: device?.holderId === holderId ? device.name : '' }
  }
  if (approved.kind === 'contact') return { act: approved.kind, amount: null, whom: approved.wish.kind }
  return { act: approved.kind, amount: 'amount' in approved ? approved.amount : null, whom: '' }
}

/** Declines: not_found, code_resend_wait, code_expired. */
export const sendChallengeCode: RouteHandler<'sendChallengeCode'> = async (ports, _caller, { challengeId }) => {
  const code = randomCode(ports.random)
  const codeHash = await hashCode(code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const challenge = await tx.challenges.find(tokenHash(challengeId))
    const holder = challenge && (await tx.holders.find(challenge.holderId))
    if (!holder || challenge.provedAt !== null || !waysIn(challenge).includes('mail')) return no('not_found')
    if (challenge.expiresAt <= now) return no('code_expired')
    const { codeSentAt } = challenge
    if (codeSentAt !== null && now < codeSentAt + codeResendMs) return no('code_resend_wait', { at: iso(codeSentAt + codeResendMs) })
    await tx.challenges.save({ ...challenge, codeHash, codeSentAt: now })
    const minutes = Math.max(1, Math.floor((challenge.expiresAt - now) / 60_000))
    const letter = { kind: 'factorCode', code, minutes, ...(await approvedIn(tx, challenge)) } as const
    await enqueueMail(tx, ports, holder, letter, now, challenge.expiresAt - now)
    return ok({ deliveredBy: ports.mailer.deliveredBy, resendAt: iso(now + codeResendMs) })
  })
}

/** A challenge that can still be answered in this way. Declines: not_found, code_expired, code_tries_used_up. */
function answerable(challenge: ChallengeRecord | undefined, way: Way, now: Instant): Outcome<ChallengeRecord> {
  if (!challenge || challenge.provedAt !== null || !waysIn(challenge).includes(way)) return no('not_found')
  if (challenge.expiresAt <= now) return no('code_expired')
  return challenge.triesLeft === 0 ? no('code_tries_used_up') : ok(challenge)
}

/** Each try is counted in the book before it is answered; what is no code at all costs none. */
export const answerChallenge: RouteHandler<'answerChallenge'> = async (ports, caller, { challengeId, way, code }) => {
  const idHash = tokenHash(challengeId)
  const seen = await ports.store.read(tx => tx.challenges.find(idHash))
  const early = answerable(seen, way, ports.clock())
  if (!early.ok) return early
  const typed = await readFactorCode(ports, early.value, way, code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(early.value.holderId)
    const found = answerable(await tx.challenges.find(idHash), way, now)
    if (!found.ok) return found
    if (!holder) return no('not_found')
    const challenge = found.value
    const counted = factorTries(holder.id, caller.address)
    const until = await waitsUntil(tx, counted, now)
    if (until !== undefined) return no('sign_in_wait', { at: iso(until) })
    if (typed.typed === undefined) return no('factor_code_wrong', { triesLeft: String(challenge.triesLeft) })
    if (!(await takeFactorCode(tx, ports, holder, typed, challenge.codeHash, now))) {
      const triesLeft = challenge.triesLeft - 1
      await countTry(tx, counted, now)
      await learn(tx, { what: 'code_failed', at: now, holder: holder.id })
      await tx.challenges.save({ ...challenge, triesLeft })
      return triesLeft === 0 ? no('code_tries_used_up') : no('factor_code_wrong', { triesLeft: String(triesLeft) })
    }
    await tx.signInCounts.clear(counted.account.key)
    const isSignIn = challenge.kind === 'sign_in'
    await tx.challenges.save({ ...challenge, provedAt: now, usedAt: isSignIn ? now : null })
    if (!isSignIn) return ok({ state: 'proved' as const })
    await endReset(tx, ports, holder, now)
    const device: NewDevice = JSON.parse(challenge.content)
    return ok({ state: 'signed_in' as const, session: await signDeviceIn(tx, ports, holder, device, ports.placeOf(caller.address), now) })
  })
}
