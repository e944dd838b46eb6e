import { canonicalJson } from '#contracts/service/signing.ts'
import type { Act, Challenge } from '#contracts/wire/secondFactor.ts'
import { challengeLifeMs, challengeTries, type Way } from '#core/account/secondFactor.ts'
import type { Instant } from '#core/ledger/command.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { type NewDevice, tokenHash } from '../../sessions.ts'
import { iso } from '../../wires.ts'

const keptMs = 2 * 86_400_000

/** What the answer does: sign this device in, or approve this act. */
type Asked = { readonly ways: readonly Way[] } & ({ readonly signsIn: NewDevice } | { readonly approves: Act })

/** Its id is told once, to who may answer. */
export async function beginChallenge(tx: Tx, { random }: ServicePorts, holderId: string, asked: Asked, now: Instant): Promise<Challenge> {
  const challengeId = Buffer.from(random(32)).toString('base64url')
  const approves = 'approves' in asked ? asked.approves : null
  await tx.challenges.forget(now - keptMs)
  await tx.challenges.add({
    idHash: tokenHash(challengeId),
    holderId,
    kind: 'signsIn' in asked ? 'sign_in' : 'act',
    content: canonicalJson('signsIn' in asked ? asked.signsIn : asked.approves),
    commandId: approves && 'commandId' in approves ? approves.commandId : null,
    ways: asked.ways.join(' '),
    codeHash: null,
    codeSentAt: null,
    triesLeft: challengeTries,
    begunAt: now,
    expiresAt: now + challengeLifeMs,
    provedAt: null,
    usedAt: null,
  })
  return { challengeId, ways: [...asked.ways], approves, expiresAt: iso(now + challengeLifeMs) }
}
