import { codeLifeMs, codeResendMs, codeTries, readMailCode } from '#core/account/code.ts'
import { type Email, parseEmail, throwawayDomain } from '#core/account/email.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Registration } from '#storage/featureRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { RouteHandler, RouteOutput, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { isEmailTaken } from '../contactDetails/isEmailTaken.ts'
import { throwawayDomains } from './lists.ts'
import { hashCode, matches } from './passwordHash.ts'
import { randomCode } from './randomCode.ts'

const dayMs = 86_400_000
/** To one e-mail in a day: nobody's mailbox is flooded through us, and nobody guesses a code by asking for many. */
const mostCodesADay = 10

const registrationWire = ({ mailer }: ServicePorts, { id, sentAt, codeExpiresAt }: Registration): RouteOutput<'register'> => ({
  registrationId: id,
  deliveredBy: mailer.deliveredBy,
  resendAt: iso(sentAt + codeResendMs),
  codeExpiresAt: iso(codeExpiresAt),
})

/** When the next code may go to this e-mail, if not now. */
async function waitsUntil(tx: Tx, emailKey: string, now: Instant): Promise<Instant | undefined> {
  const { codes, lastAt, firstStartedAt } = await tx.registrations.sentTo(emailKey, now - dayMs)
  if (codes >= mostCodesADay && firstStartedAt !== null) return firstStartedAt + dayMs
  return lastAt !== null && now < lastAt + codeResendMs ? lastAt + codeResendMs : undefined
}

/** The code, or word that there is an account already: from outside the two cannot be told apart. */
async function sendCode(tx: Tx, ports: ServicePorts, registration: Registration, code: string): Promise<void> {
  const { email, emailKey, locale, codeHash, sentAt } = registration
  const holder = await tx.holders.findByEmail(emailKey)
  if (codeHash === null) await enqueueMail(tx, ports, holder ?? { email, locale }, { kind: 'hasAccount' }, sentAt)
  else await enqueueMail(tx, ports, { email, locale }, { kind: 'code', code, minutes: codeLifeMs / 60_000 }, sentAt, codeLifeMs)
}

/** Declines: email_invalid, email_throwaway. */
export async function acceptedEmail(text: string): Promise<Outcome<Email>> {
  const email = parseEmail(text)
  if (!email.ok) return email
  const domain = throwawayDomain(email.value.domain, await throwawayDomains())
  return domain === undefined ? email : no('email_throwaway', { domain })
}

/** Declines: email_invalid, email_throwaway, code_resend_wait. Fault: mail_failed. */
export const register: RouteHandler<'register'> = async (ports, _caller, { email, locale }) => {
  const accepted = await acceptedEmail(email)
  if (!accepted.ok) return accepted
  const { address, key } = accepted.value
  const code = randomCode(ports.random)
  const codeHash = await hashCode(code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    await tx.registrations.forget(now - 2 * dayMs)
    const until = await waitsUntil(tx, key, now)
    if (until !== undefined) return no('code_resend_wait', { at: iso(until) })
    const hasAccount = await isEmailTaken(tx, key, now)
    const times = { startedAt: now, sentAt: now, codeExpiresAt: now + codeLifeMs, verifiedAt: null, completedAt: null }
    const counts = { sent: 1, triesLeft: codeTries }
    const registration = {
      id: ports.ids(),
      email: address,
      emailKey: key,
      locale,
      codeHash: hasAccount ? null : codeHash,
      ...counts,
      ...times,
    }
    await tx.registrations.add(registration)
    await sendCode(tx, ports, registration, code)
    return ok(registrationWire(ports, registration))
  })
}

/** A new code with new tries; the old one is void. Declines: not_found, code_resend_wait. Fault: mail_failed. */
export const resendCode: RouteHandler<'resendCode'> = async (ports, _caller, { registrationId }) => {
  const code = randomCode(ports.random)
  const codeHash = await hashCode(code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const registration = await tx.registrations.find(registrationId)
    if (!registration || registration.verifiedAt !== null) return no('not_found')
    const until = await waitsUntil(tx, registration.emailKey, now)
    if (until !== undefined) return no('code_resend_wait', { at: iso(until) })
    const hasAccount = await isEmailTaken(tx, registration.emailKey, now)
    const counts = { sent: registration.sent + 1, triesLeft: codeTries }
    const next = { ...registration, codeHash: hasAccount ? null : codeHash, sentAt: now, codeExpiresAt: now + codeLifeMs, ...counts }
    await tx.registrations.save(next)
    await sendCode(tx, ports, next, code)
    return ok(registrationWire(ports, next))
  })
}

/**
 * Five tries a code, each counted in the book before it is answered; what is not six digits costs none.
 * Declines: not_found, code_expired, code_tries_used_up, code_wrong (detail.triesLeft).
 */
export const verifyCode: RouteHandler<'verifyCode'> = async ({ store, clock }, _caller, { registrationId, code }) => {
  const seen = await store.read(tx => tx.registrations.find(registrationId))
  if (!seen) return no('not_found')
  const typed = readMailCode(code)
  const isRight = typed !== undefined && (await matches(typed, seen.codeHash, 'code'))
  return store.write(async tx => {
    const now = clock()
    const registration = await tx.registrations.find(registrationId)
    if (!registration || registration.completedAt !== null) return no('not_found')
    const { triesLeft, codeExpiresAt, verifiedAt, codeHash } = registration
    if (codeExpiresAt <= now) return no('code_expired')
    if (triesLeft === 0) return no('code_tries_used_up')
    if (typed === undefined) return no('code_wrong', { triesLeft: String(triesLeft) })
    // A new code may have been sent while the hash was computed: then the typed one is of the old.
    if (isRight && codeHash === seen.codeHash) {
      if (verifiedAt === null) await tx.registrations.save({ ...registration, verifiedAt: now })
      return ok({ verified: true })
    }
    await tx.registrations.save({ ...registration, triesLeft: triesLeft - 1 })
    return triesLeft === 1 ? no('code_tries_used_up') : no('code_wrong', { triesLeft: String(triesLeft - 1) })
  })
}
