import type { RiskEvent } from '#core/risk/event.ts'
import { judge } from '#core/risk/judge.ts'
import { concerned, observe, type Profiles } from '#core/risk/profiles.ts'
import type { RuleSet } from '#core/risk/ruleSets/ruleSet.ts'
import { load, nothingKept, save } from './measure.ts'
import type { Told } from './told.ts'

const yearMs = 365 * 86_400_000

const isMovement = ({ what }: RiskEvent): boolean => what === 'payment' || what === 'money_in'

/** The same people live the same year again and again until so many movements lie behind them. */
function* livedThrough(stream: readonly Told[], movements: number): Generator<RiskEvent> {
  for (let years = 0, seen = 0; seen < movements; years += 1) {
    for (const { event } of stream) {
      yield { ...event, at: event.at + years * yearMs }
      if (isMovement(event)) seen += 1
      if (seen >= movements) return
    }
  }
}

/**
 * How long one judgement takes with `movements` behind it, in ms, for each of the last payments of the stream. Profiles are read from JSON text, as a store
 * hands them over.
 */
export function judgementTimes(stream: readonly Told[], movements: number, ruleSet: RuleSet, rounds: number): readonly number[] {
  const kept = nothingKept()
  let lastAt = 0
  for (const event of livedThrough(stream, movements)) {
    save(kept, event, observe(load(kept, event), event))
    lastAt = event.at
  }
  const written = (profiles: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> =>
    new Map([...profiles].map(([id, profile]) => [id, JSON.stringify(profile)]))
  const texts = { holder: written(kept.holder), payee: written(kept.payee), installation: written(kept.installation) }
  const payments = stream.flatMap(({ event }) => (event.what === 'payment' ? [event] : [])).slice(-rounds)
  return payments.map(payment => {
    const asked = { ...payment, at: lastAt + 60_000 }
    const ids = concerned(asked)
    const read = (of: keyof Profiles) => JSON.parse((ids[of] === null ? undefined : texts[of].get(ids[of])) ?? 'null')
    const start = performance.now()
    judge({ holder: read('holder'), payee: read('payee'), installation: read('installation') }, asked, ruleSet)
    return performance.now() - start
  })
}
