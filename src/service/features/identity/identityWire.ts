import type { DocumentFileWire, IdentityWire } from '#contracts/wire/identity.ts'
import { type Mismatch, mismatches } from '#core/identity/mismatch.ts'
import { readMrz } from '#core/identity/mrz.ts'
import { tierOfSteps } from '#core/identity/step.ts'
import { identitySteps, identityTiers } from '#core/identity/tier.ts'
import type { Instant } from '#core/ledger/command.ts'
import { type LimitKind, policyFor } from '#core/limits/policy.ts'
import type { DocumentRecord } from '#storage/identityRepositories.ts'
import type { Holder, Tx } from '#storage/serviceStore.ts'
import { amountWire, iso } from '../../wires.ts'
import { threeLetters } from '../account/lists.ts'
import { type Known, readSteps, stepWire } from './steps.ts'

const kinds = ['jpeg', 'png', 'pdf'] as const

export const fileWire = ({ address, step, pages, kind, addedAt, state }: DocumentRecord): DocumentFileWire => ({
  ...{
    address,
    step,
    pages,
    kind: kinds.find(known => known === kind) ?? 'jpeg',
    addedAt: iso(addedAt),
    isHandedIn: state === 'handed_in',
  },
})

function differing({ contents }: Known, countries: ReadonlyMap<string, string>, now: Instant): readonly Mismatch[] {
  const { details, document } = contents
  if (!details || !document || document.document.mrz === '') return []
  const read = readMrz(document.document.mrz, now)
  return read.ok ? mismatches({ ...details.details, ...document.document }, read.value, country => countries.get(country)) : []
}

/** All that is known of a holder, for the holder and a reviewing operator; who on a list is called alike is not in it. */
export async function identityWire(tx: Tx, { id: holderId, country }: Pick<Holder, 'id' | 'country'>, now: Instant): Promise<IdentityWire> {
  const countries = await threeLetters()
  const known = await readSteps(tx, holderId)
  const { details, document, financial } = known.contents
  const files = await tx.documents.ofHolder(holderId)
  return {
    tier: tierOfSteps(known.steps),
    gives: identityTiers.map(tier => {
      const given = policyFor(tier, country, 'account')
      const euro = (kind: LimitKind) => amountWire('EUR', given[kind])
      return { tier, perPayment: euro('per_payment'), perDay: euro('per_day'), perMonth: euro('per_month') }
    }),
    steps: identitySteps.map(step => stepWire(known.steps[step])),
    details: details?.details ?? null,
    document: document?.document ?? null,
    financial: financial?.financial ?? null,
    files: files.map(fileWire),
    mismatches: [...differing(known, countries, now)],
  }
}
