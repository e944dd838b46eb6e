import type { AskedPayment, RiskEvent } from '#core/risk/event.ts'
import { judge } from '#core/risk/judge.ts'
import { concerned, observe, type Profiles } from '#core/risk/profiles.ts'
import type { RuleSet } from '#core/risk/ruleSets/ruleSet.ts'
import type { Told } from './told.ts'

/** Profiles by whom they are of: what a store keeps. */
export type Kept = { readonly [Of in keyof Profiles]: Map<string, NonNullable<Profiles[Of]>> }

export const nothingKept = (): Kept => ({ holder: new Map(), payee: new Map(), installation: new Map() })

export function load(kept: Kept, event: RiskEvent): Profiles {
  const { holder, payee, installation } = concerned(event)
  return {
    holder: holder === null ? null : (kept.holder.get(holder) ?? null),
    payee: payee === null ? null : (kept.payee.get(payee) ?? null),
    installation: installation === null ? null : (kept.installation.get(installation) ?? null),
  }
}

export function save(kept: Kept, event: RiskEvent, { holder, payee, installation }: Profiles): void {
  const of = concerned(event)
  if (of.holder !== null && holder !== null) kept.holder.set(of.holder, holder)
  if (of.payee !== null && payee !== null) kept.payee.set(of.payee, payee)
  if (of.installation !== null && installation !== null) kept.installation.set(of.installation, installation)
}

export type Tally = { readonly episodes: number; readonly found: number }

export type Measure = {
  /** By kind of fraud. */
  readonly kinds: ReadonlyMap<string, Tally>
  readonly honest: number
  readonly falseAlarms: number
  /** Of the false alarms, how many each rule weighed most in. */
  readonly falseBy: ReadonlyMap<string, number>
  /** Events that took place. */
  readonly seen: number
  readonly seconds: number
}

type Episode = { readonly kind: string; total: bigint; gone: bigint; alarmed: boolean; found: boolean }

/** What a whole year does to a rule set, in the order of its events. */
export function measure(stream: readonly Told[], ruleSet: RuleSet): Measure {
  const kept = nothingKept()
  const episodes = episodesOf(stream)
  const falseBy = new Map<string, number>()
  const stopped = new Set<string>()
  let honest = 0
  let falseAlarms = 0
  let seen = 0
  const start = performance.now()
  for (const { event, fraud } of stream) {
    if (neverCame(stopped, event)) continue
    seen += 1
    const profiles = load(kept, event)
    if (event.what !== 'payment') {
      save(kept, event, observe(profiles, event))
      continue
    }
    const { decision, reasons } = judge(profiles, event, ruleSet)
    const isAlarm = decision !== 'allow'
    const episode = fraud === null ? undefined : episodes.get(fraud.episode)
    if (episode) meet(episode, event, isAlarm)
    else {
      honest += 1
      if (isAlarm) falseAlarms += 1
      const [first] = reasons
      if (isAlarm && first) falseBy.set(first.rule, (falseBy.get(first.rule) ?? 0) + 1)
    }
    // An honest payment that was alarmed is confirmed by its person and happens; one of a fraud does not.
    const outcome = !isAlarm ? 'paid' : episode ? 'stopped' : 'confirmed'
    if (outcome === 'stopped') stopped.add(transferOf(event.holder, event.payee, event.eurMinor))
    save(kept, event, observe(profiles, event, outcome))
  }
  const seconds = (performance.now() - start) / 1000
  return { kinds: tallies([...episodes.values()]), honest, falseAlarms, falseBy, seen, seconds }
}

function episodesOf(stream: readonly Told[]): ReadonlyMap<string, Episode> {
  const episodes = new Map<string, Episode>()
  for (const { event, fraud } of stream) {
    if (event.what !== 'payment' || fraud === null) continue
    const episode = episodes.get(fraud.episode) ?? { kind: fraud.kind, total: 0n, gone: 0n, alarmed: false, found: false }
    episode.total += event.eurMinor
    episodes.set(fraud.episode, episode)
  }
  return episodes
}

/** An episode is found when its first alarm comes before more than half of its money is gone. */
function meet(episode: Episode, { eurMinor }: AskedPayment, isAlarm: boolean): void {
  if (!isAlarm) episode.gone += eurMinor
  else if (!episode.alarmed) {
    episode.alarmed = true
    episode.found = episode.gone * 2n <= episode.total
  }
}

const transferOf = (from: string, to: string, eurMinor: bigint): string => `${from} ${to} ${eurMinor}`

/** Money that was stopped on its way does not come in. */
const neverCame = (stopped: Set<string>, event: RiskEvent): boolean =>
  event.what === 'money_in' && event.payer !== null && stopped.delete(transferOf(event.payer, event.holder, event.eurMinor))

function tallies(episodes: readonly Episode[]): ReadonlyMap<string, Tally> {
  const kinds = new Map<string, Tally>()
  for (const { kind, found } of episodes) {
    const before = kinds.get(kind) ?? { episodes: 0, found: 0 }
    kinds.set(kind, { episodes: before.episodes + 1, found: before.found + (found ? 1 : 0) })
  }
  return kinds
}

/** Found of all episodes whose kind passes; NaN where there is none. */
export function recallOf({ kinds }: Pick<Measure, 'kinds'>, isCounted: (kind: string) => boolean): number {
  const counted = [...kinds].filter(([kind]) => isCounted(kind)).map(([, tally]) => tally)
  const sum = (of: keyof Tally) => counted.reduce((all, tally) => all + tally[of], 0)
  return sum('found') / sum('episodes')
}
