import { codeFromBytes } from '#contracts/wire/links.ts'
import type { Act } from '#contracts/wire/secondFactor.ts'
import { readMailCode } from '#core/account/code.ts'
import { highestLine, recoveryCount, recoveryLength, recoveryText } from '#core/account/secondFactor.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import { parseDecimal, toDecimal } from '#core/money/amount.ts'
import type { SafetyRecord } from '#storage/safetyRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { SafetyNews } from '../../mail/write.ts'
import type { Feature, HolderCaller, RouteHandler, ServicePorts } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { hashCode } from '../account/passwordHash.ts'
import { countTry, factorTries, waitsUntil } from '../account/tries.ts'
import { isLiftedByApp } from '../accountLock/lockWire.ts'
import { raiseAsked } from '../risk/raiseAsked.ts'
import { beginChallenge } from './beginChallenge.ts'
import { answerChallenge, sendChallengeCode } from './challenges.ts'
import { takeProof, takeProofOf } from './proofs.ts'
import { safetyRecord, safetyWire, waysOfHolder } from './safetyOf.ts'
import { seal, unseal } from './sealing.ts'
import { tellSafety } from './tell.ts'
import { acceptedStep, newSecret, setUpUri } from './totp.ts'

/** Ten new codes and their hashes, made outside of the transaction that keeps them. */
async function newRecoveryCodes({ random }: ServicePorts): Promise<{ readonly codes: string[]; readonly hashes: readonly string[] }> {
  const codes = Array.from({ length: recoveryCount }, () => codeFromBytes(random(recoveryLength), recoveryLength))
  return { codes: codes.map(recoveryText), hashes: await Promise.all(codes.map(hashCode)) }
}

type Change = { readonly record: SafetyRecord; readonly what: SafetyNews | null }

/** Changes what keeps an account safe, in one transaction, and tells of it on every channel. */
const changing = (
  ports: ServicePorts,
  { holder: { id } }: HolderCaller,
  change: (tx: Tx, holder: Holder, record: SafetyRecord, now: Instant) => Promise<Outcome<Change>>,
) =>
  ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    if (!holder) return no('not_signed_in')
    const changed = await change(tx, holder, await safetyRecord(tx, id), now)
    if (!changed.ok) return changed
    await tx.safety.save(changed.value.record)
    if (changed.value.what) await tellSafety(tx, ports, holder, changed.value.what, now)
    return ok(await safetyWire(tx, holder))
  })

const setUpApp: RouteHandler<'setUpApp'> = (ports, { holder: { id } }) =>
  ports.store.write(async tx => {
    const holder = await tx.holders.find(id)
    const record = await safetyRecord(tx, id)
    if (!holder || record.appSince !== null) return no('second_factor_on')
    const secret = newSecret()
    await tx.safety.save({ ...record, appSecret: await seal(tx, ports, id, secret), appStep: 0 })
    return ok({ secret, uri: setUpUri(ports.config.name, holder.email, secret) })
  })

const confirmApp: RouteHandler<'confirmApp'> = async (ports, { address, holder: { id } }, { code }) => {
  const { codes, hashes } = await newRecoveryCodes(ports)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    const record = await safetyRecord(tx, id)
    if (record.appSince !== null) return no('second_factor_on')
    if (!holder || record.appSecret === null) return no('not_found')
    const counted = factorTries(id, address)
    const until = await waitsUntil(tx, counted, now)
    if (until !== undefined) return no('sign_in_wait', { at: iso(until) })
    const typed = readMailCode(code)
    if (typed === undefined) return no('factor_code_wrong')
    const step = acceptedStep(await unseal(tx, ports, id, record.appSecret), typed, record.appStep, now)
    if (step === undefined) {
      await countTry(tx, counted, now)
      return no('factor_code_wrong')
    }
    await tx.signInCounts.clear(counted.account.key)
    await tx.safety.save({ ...record, appSince: now, appStep: step })
    await tx.recoveryCodes.renew(id, hashes)
    await tellSafety(tx, ports, holder, 'app_on', now)
    return ok({ codes })
  })
}

const renewRecovery: RouteHandler<'renewRecovery'> = async (ports, { holder: { id } }, { proof }) => {
  const { codes, hashes } = await newRecoveryCodes(ports)
  return ports.store.write(async tx => {
    const now = ports.clock()
    const holder = await tx.holders.find(id)
    if (!holder || (await safetyRecord(tx, id)).appSince === null) return no('not_found')
    const approved = await takeProof(tx, id, proof, { kind: 'recovery' }, now)
    if (!approved.ok) return approved
    await tx.recoveryCodes.renew(id, hashes)
    await tellSafety(tx, ports, holder, 'recovery_renewed', now)
    return ok({ codes })
  })
}

/**
 * Codes by mail are proved by one, so that nobody waits for mails that do not come; an app that is on is asked instead. A lock is lifted by the app where it
 * is older than the lock, else by a code by mail.
 */
async function waysFor(tx: Tx, holderId: string, { kind }: Act, now: Instant) {
  const ways = await waysOfHolder(tx, holderId)
  if (kind === 'unfreeze') return (await isLiftedByApp(tx, holderId, now)) ? ways.filter(way => way !== 'mail') : (['mail'] as const)
  return ways.length === 0 && (kind === 'mail_on' || kind === 'payment') ? (['mail'] as const) : ways
}

/** The second factor: an authenticator app with its recovery codes, codes by mail as a weaker way, and what is approved with them. */
export const secondFactorFeature: Feature = {
  routes: {
    safety: ({ store }, { holder }) => store.read(async tx => ok(await safetyWire(tx, holder))),
    setUpApp,
    confirmApp,
    renewRecovery,
    turnOff: (ports, caller, { way, proof }) =>
      changing(ports, caller, async (tx, { id }, record, now) => {
        const isOn = (way === 'app' ? record.appSince : record.mailSince) !== null
        if (!isOn) return no('not_found')
        const approved = await takeProof(tx, id, proof, { kind: `${way}_off` }, now)
        if (!approved.ok) return approved
        if (way === 'mail') return ok({ record: { ...record, mailSince: null }, what: 'mail_off' })
        await tx.recoveryCodes.clear(id)
        return ok({ record: { ...record, appSecret: null, appSince: null, appStep: 0 }, what: 'app_off' })
      }),
    turnOnMail: (ports, caller, { proof }) =>
      changing(ports, caller, async (tx, { id }, record, now) => {
        if (record.mailSince !== null) return ok({ record, what: null })
        const approved = await takeProofOf(tx, id, proof, { kind: 'mail_on' }, now)
        return approved.ok ? ok({ record: { ...record, mailSince: now }, what: 'mail_on' }) : approved
      }),
    setLine: (ports, caller, { line, proof }) =>
      changing(ports, caller, async (tx, { id }, record, now) => {
        const minor = line.currency === 'EUR' ? parseDecimal('EUR', line.value)?.minor : undefined
        if (minor === undefined || minor < 0n || minor > highestLine)
          return no('amount_invalid', { currency: 'EUR', min: '0.00', max: toDecimal({ currency: 'EUR', minor: highestLine }) })
        if (minor > BigInt(record.lineMinor)) {
          const approved = await takeProof(tx, id, proof, { kind: 'line', amount: line }, now)
          if (!approved.ok) return approved
        }
        return ok({ record: { ...record, lineMinor: Number(minor) }, what: null })
      }),
    challenge: (ports, { address, deviceId, holder: { id } }, { act }) =>
      ports.store.write(async tx => {
        const now = ports.clock()
        const until = await waitsUntil(tx, factorTries(id, address), now)
        if (until !== undefined) return no('sign_in_wait', { at: iso(until) })
        const holder = await tx.holders.find(id)
        const ways = holder ? await waysFor(tx, id, act, now) : []
        if (!holder || ways.length === 0) return no('not_found')
        if (act.kind === 'payment') await raiseAsked(tx, ports, { holder, deviceId, act, now })
        return ok(await beginChallenge(tx, ports, id, { approves: act, ways }, now))
      }),
    sendChallengeCode,
    answerChallenge,
  },
}
