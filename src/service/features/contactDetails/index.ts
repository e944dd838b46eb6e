import { codeLifeMs, codeResendMs, codeTries, readMailCode } from '#core/account/code.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ContactChange } from '#storage/contactRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { enqueueMail } from '../../mail/enqueue.ts'
import type { Feature, RouteHandler, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { hashCode, matches } from '../account/passwordHash.ts'
import { randomCode } from '../account/randomCode.ts'
import { provePassword } from '../account/signIn.ts'
import { takeProof } from '../secondFactor/proofs.ts'
import { contactOf, detailsOf } from './detailsOf.ts'
import { holdChange } from './hold.ts'
import { isEmailTaken } from './isEmailTaken.ts'
import { readWish } from './readWish.ts'
import { textAddress } from './texts.ts'
import { contactUndo } from './undo.ts'

const dayMs = 86_400_000
/** By one holder in a day: nobody's mailbox or telephone is flooded through us. */
const mostADay = 10

async function waitsUntil(tx: Tx, holderId: string, now: Instant): Promise<Instant | undefined> {
  const begun = (await tx.contactChanges.since(holderId, now - dayMs)).filter(({ kind }) => kind !== 'address')
  const [first, last] = [begun[0], begun.at(-1)]
  if (first && begun.length >= mostADay) return first.startedAt + dayMs
  return last && now < last.startedAt + codeResendMs ? last.startedAt + codeResendMs : undefined
}

/** The code, or word that there is an account already: from outside the two cannot be told apart. */
async function sendCode(
  tx: Tx,
  ports: ServicePorts,
  { id, locale }: Holder,
  { kind, after, codeHash }: ContactChange,
  code: string,
  now: Instant,
) {
  const to = {
    email: kind === 'phone' ? (textAddress(ports, after) ?? after) : after,
    locale,
    ...(codeHash === null ? {} : { id, isUnproven: true as const }),
  }
  const letter =
    codeHash === null ? ({ kind: 'hasAccount' } as const) : { kind: 'contactCode' as const, what: kind, code, minutes: codeLifeMs / 60_000 }
  await enqueueMail(tx, ports, to, letter, now, codeLifeMs)
}

const startContactChange: RouteHandler<'startContactChange'> = async (ports, caller, { wish, password, proof }) => {
  const read = await readWish(ports, wish)
  if (!read.ok) return read
  const proved = await provePassword(ports, caller.address, caller.holder.email, password)
  if (!proved.ok) return proved
  const { kind, after, keyAfter } = read.value
  const code = randomCode(ports.random)
  const codeHash = await hashCode(code)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(proved.value.id)
    const device = await tx.devices.find(caller.deviceId)
    if (!holder || !device || device.revokedAt !== null) return no('device_revoked')
    if (holder.passwordHash !== proved.value.passwordHash) return no('credentials_wrong')
    const before = await contactOf(tx, holder, kind)
    if (before === after) return no('contact_unchanged')
    const until = kind === 'address' ? undefined : await waitsUntil(tx, holder.id, now)
    if (until !== undefined) return no('code_resend_wait', { at: iso(until) })
    const approved = await takeProof(tx, holder.id, proof, { kind: 'contact', wish }, now)
    if (!approved.ok) return approved
    const isTaken = keyAfter !== null && (await isEmailTaken(tx, keyAfter, now, holder.id))
    const change: ContactChange = {
      id: Buffer.from(ports.random(32)).toString('base64url'),
      ...{ holderId: holder.id, deviceId: caller.deviceId, kind, before, after, keyAfter },
      keyBefore: kind === 'email' ? holder.emailKey : null,
      codeHash: isTaken || kind === 'address' ? null : codeHash,
      codeExpiresAt: now + codeLifeMs,
      triesLeft: codeTries,
      startedAt: now,
      ...{ doneAt: null, undoHash: null, undoUntil: null, undoneAt: null },
    }
    await tx.contactChanges.add(change)
    if (kind === 'address') {
      const changed = await holdChange(tx, ports, holder, change, now)
      return ok({ state: 'done' as const, details: await detailsOf(tx, changed, now) })
    }
    await sendCode(tx, ports, holder, change, code, now)
    const times = { resendAt: iso(now + codeResendMs), codeExpiresAt: iso(change.codeExpiresAt) }
    return ok({ state: 'code' as const, changeId: change.id, deliveredBy: ports.mailer.deliveredBy, ...times })
  })
}

/** A change whose code can still be given. Declines: not_found, code_expired, code_tries_used_up. */
function openChange(change: ContactChange | undefined, holderId: string, now: Instant): Outcome<ContactChange> {
  if (!change || change.holderId !== holderId || change.doneAt !== null) return no('not_found')
  if (change.codeExpiresAt <= now) return no('code_expired')
  return change.triesLeft === 0 ? no('code_tries_used_up') : ok(change)
}

const finishContactChange: RouteHandler<'finishContactChange'> = async (ports, caller, { changeId, code }) => {
  const { id } = caller.holder
  const seen = openChange(await ports.store.read(tx => tx.contactChanges.find(changeId)), id, ports.clock())
  if (!seen.ok) return seen
  const typed = readMailCode(code)
  if (typed === undefined) return no('code_wrong', { triesLeft: String(seen.value.triesLeft) })
  const isRight = await matches(typed, seen.value.codeHash, 'code')
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    const open = openChange(await tx.contactChanges.find(changeId), id, now)
    if (!open.ok) return open
    if (!holder) return no('not_found')
    const change = open.value
    // Somebody else may have got the e-mail since, or this holder another one.
    const isTaken = change.keyAfter !== null && (await isEmailTaken(tx, change.keyAfter, now, holder.id))
    const isStill = (await contactOf(tx, holder, change.kind)) === change.before
    if (isRight && !isTaken && isStill) return ok(await detailsOf(tx, await holdChange(tx, ports, holder, change, now), now))
    const triesLeft = change.triesLeft - 1
    await tx.contactChanges.save({ ...change, triesLeft })
    return triesLeft === 0 ? no('code_tries_used_up') : no('code_wrong', { triesLeft: String(triesLeft) })
  })
}

/** How a holder is reached, and changing it: identity again first, a code to the new one, a way back for the old one. */
export const contactDetailsFeature: Feature = {
  routes: {
    contactDetails: ({ store, clock }, { holder }) => store.read(async tx => ok(await detailsOf(tx, holder, clock()))),
    startContactChange,
    finishContactChange,
  },
  mailLinks: { contactUndo },
}
