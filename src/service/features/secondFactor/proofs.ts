import { canonicalJson } from '#contracts/service/signing.ts'
import type { Act } from '#contracts/wire/secondFactor.ts'
import { challengeLifeMs } from '#core/account/secondFactor.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { ChallengeRecord } from '#storage/safetyRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import { tokenHash } from '../../sessions.ts'
import { waysOfHolder } from './safetyOf.ts'

const isProofOf = ({ kind, content, provedAt, usedAt }: ChallengeRecord, act: Act): boolean =>
  kind === 'act' && provedAt !== null && usedAt === null && content === canonicalJson(act)

/**
 * Uses an answered challenge up for the act that it names, in the transaction of that act: a proof is good for one, and once, within ten minutes. With no
 * second factor there is nothing to prove. Decline: second_factor_required.
 */
export async function takeProof(tx: Tx, holderId: string, proof: string | null, act: Act, now: Instant): Promise<Outcome<null>> {
  if ((await waysOfHolder(tx, holderId)).length === 0) return ok(null)
  return takeProofOf(tx, holderId, proof, act, now)
}

/** The same where a proof is needed in any case, such as that a mailbox is read by its owner. */
export async function takeProofOf(tx: Tx, holderId: string, proof: string | null, act: Act, now: Instant): Promise<Outcome<null>> {
  const challenge = proof === null ? undefined : await tx.challenges.find(tokenHash(proof))
  if (!challenge || challenge.holderId !== holderId || !isProofOf(challenge, act)) return no('second_factor_required')
  if (now >= (challenge.provedAt ?? 0) + challengeLifeMs) return no('second_factor_required')
  await tx.challenges.save({ ...challenge, usedAt: now })
  return ok(null)
}

/**
 * Uses up what was proved for a command before it was sent. The proof names all that the command does, and waits for it: one that was saved while the
 * service was out of reach has its proof with it. Decline: second_factor_required.
 */
export async function takeCommandProof(
  tx: Tx,
  holderId: string,
  act: Extract<Act, { commandId: string }>,
  now: Instant,
): Promise<Outcome<null>> {
  const found = (await tx.challenges.provedFor(holderId, act.commandId)).find(challenge => isProofOf(challenge, act))
  if (!found) return no('second_factor_required')
  await tx.challenges.save({ ...found, usedAt: now })
  return ok(null)
}
