import type { Instant } from '#core/ledger/command.ts'
import type { RiskEvent } from '#core/risk/event.ts'
import { concerned, observe, type PaymentOutcome, type Profiles } from '#core/risk/profiles.ts'
import type { ProfileOf } from '#storage/riskRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'

const nothing: Profiles = { holder: null, payee: null, installation: null }
const kinds = ['holder', 'payee', 'installation'] as const satisfies readonly ProfileOf[]

/** What is known of those whom an event concerns. */
export async function profilesFor(tx: Tx, event: RiskEvent): Promise<Profiles> {
  const ids = concerned(event)
  const read = async <Of extends ProfileOf>(of: Of): Promise<Profiles[Of]> => {
    const id = ids[of]
    const json = id === null ? undefined : await tx.riskProfiles.find(of, id)
    return json === undefined ? null : JSON.parse(json)
  }
  const [holder, payee, installation] = await Promise.all([read('holder'), read('payee'), read('installation')])
  return { holder, payee, installation }
}

/** Learns from an event, in the transaction in which it happens. Each profile follows from itself alone, so that it is made from how it stands by then. */
export async function learn(tx: Tx, event: RiskEvent, outcome?: PaymentOutcome): Promise<void> {
  const ids = concerned(event)
  await Promise.all(
    kinds.map(async of => {
      const id = ids[of]
      if (id === null) return
      await tx.riskProfiles.renew(of, id, before =>
        JSON.stringify(observe({ ...nothing, [of]: before === undefined ? null : JSON.parse(before) }, event, outcome)[of]),
      )
    }),
  )
}

/** More say nothing more. */
const mostGuesses = 12

/** Wrong passwords, learnt when a right one comes: until then an account that exists takes no longer to answer for than one that does not. */
export async function learnGuesses(tx: Tx, holder: string, wrong: number, now: Instant): Promise<void> {
  for (let n = 0; n < Math.min(wrong, mostGuesses); n += 1) await learn(tx, { what: 'code_failed', at: now, holder })
}
