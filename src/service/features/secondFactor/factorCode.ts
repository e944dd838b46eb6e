import { readCode } from '#contracts/wire/links.ts'
import { readMailCode } from '#core/account/code.ts'
import { recoveryLength, type Way } from '#core/account/secondFactor.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { matches } from '../account/passwordHash.ts'
import { safetyRecord } from './safetyOf.ts'
import { unseal } from './sealing.ts'
import { tellSafety } from './tell.ts'
import { acceptedStep } from './totp.ts'

/** A code as far as it can be judged outside of the transaction, where hashing holds nobody up. `typed`: undefined where it is none at all. */
type Typed = { readonly way: Way; readonly typed: string | undefined; readonly codeHash: string | null; readonly recovery: number | null }

/** Which of the unused recovery codes it is. */
async function recoveryNumber(ports: ServicePorts, holderId: string, typed: string): Promise<number | null> {
  const unused = await ports.store.read(tx => tx.recoveryCodes.unused(holderId))
  for (const { n, hash } of unused) if (await matches(typed, hash, 'code')) return n
  return null
}

export async function readFactorCode(
  ports: ServicePorts,
  of: { readonly holderId: string; readonly codeHash: string | null },
  way: Way,
  code: string,
): Promise<Typed> {
  const typed = way === 'recovery' ? readCode(code, recoveryLength) : readMailCode(code)
  const nothing = { way, typed, codeHash: null, recovery: null }
  if (typed === undefined) return nothing
  if (way === 'recovery') return { ...nothing, recovery: await recoveryNumber(ports, of.holderId, typed) }
  if (way === 'mail') return { ...nothing, codeHash: (await matches(typed, of.codeHash, 'code')) ? of.codeHash : null }
  return nothing
}

/** Whether the code is right, using it up: a time step and a recovery code are good once. */
export async function takeFactorCode(
  tx: Tx,
  ports: ServicePorts,
  holder: Holder,
  { way, typed, codeHash, recovery }: Typed,
  sentHash: string | null,
  now: Instant,
): Promise<boolean> {
  if (typed === undefined) return false
  if (way === 'mail') return codeHash !== null && codeHash === sentHash
  const record = await safetyRecord(tx, holder.id)
  if (record.appSecret === null || record.appSince === null) return false
  if (way === 'recovery') {
    if (recovery === null || !(await tx.recoveryCodes.use(holder.id, recovery, now))) return false
    await tellSafety(tx, ports, holder, 'recovery_used', now)
    return true
  }
  const step = acceptedStep(await unseal(tx, ports, holder.id, record.appSecret), typed, record.appStep, now)
  if (step === undefined) return false
  await tx.safety.save({ ...record, appStep: step })
  return true
}
