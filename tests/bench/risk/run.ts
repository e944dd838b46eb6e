import { parseArgs } from 'node:util'
import { activeRuleSet, shadowRuleSet } from '#core/risk/ruleSets/index.ts'
import type { Figure } from '../row.ts'
import { type Measured, table } from '../table.ts'
import { type Measure, measure, recallOf } from './measure.ts'
import { judgementTimes } from './speed.ts'
import { makeStream } from './stream.ts'

/** The kinds of fraud that rules were written for and thresholds tuned on. Every other one is held out. */
const ruledKinds: ReadonlySet<string> = new Set([
  ...['atNight', 'belowTheLimit', 'burst', 'elsewhere', 'groomed', 'guessed', 'mule', 'newComputer', 'oneComputer', 'outOfCharacter'],
  ...['safeAccount', 'sleeper', 'takesFromMany', 'testedFirst'],
])
const isHeldOut = (kind: string): boolean => !ruledKinds.has(kind)
const goals = { recall: 0.9, heldOut: 0.5, falseAlarms: 0.5, p99Ms: 5 } as const
const pastMovements = 1_000_000
const judgements = 20_000

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

type Year = { readonly seed: number; readonly active: Measure; readonly shadow: Measure; readonly times: readonly number[] }

function live(seed: number, payments: number, isFirst: boolean): Year {
  const stream = makeStream(seed, payments)
  const active = measure(stream, activeRuleSet)
  const shadow = measure(stream, shadowRuleSet)
  say(`seed ${seed}: ${stream.length.toLocaleString('en')} events in ${active.seconds.toFixed(1)} s`)
  say(`  found ${[...active.kinds].map(([kind, { found, episodes }]) => `${kind} ${found}/${episodes}`).join(', ')}`)
  say(
    `  false alarms ${active.falseAlarms}/${active.honest}, most by ${[...active.falseBy].map(([rule, count]) => `${rule} ${count}`).join(', ')}`,
  )
  return { seed, active, shadow, times: isFirst ? judgementTimes(stream, pastMovements, activeRuleSet, judgements) : [] }
}

const percentFalse = ({ falseAlarms, honest }: Measure): number => (falseAlarms / honest) * 100
const share = (value: number): string => value.toFixed(3)

/** A share of which the least year counts. */
function recallRow(name: string, years: readonly Year[], goal: number, isCounted: (kind: string) => boolean): Measured {
  const value = Math.min(...years.map(({ active }) => recallOf(active, isCounted)))
  const shadow = Math.min(...years.map(({ shadow }) => recallOf(shadow, isCounted)))
  const note = `the shadow set would find ${share(shadow)}`
  return { name: `risk: recall, ${name}`, value, unit: '', reference: null, ratio: null, goal: `>= ${goal}`, ok: value >= goal, note }
}

function falseAlarmRow(years: readonly Year[]): Measured {
  const value = Math.max(...years.map(({ active }) => percentFalse(active)))
  const shadow = Math.max(...years.map(({ shadow }) => percentFalse(shadow)))
  const figure: Figure = {
    value,
    unit: '%',
    reference: null,
    ratio: null,
    goal: `<= ${goals.falseAlarms}%`,
    ok: value <= goals.falseAlarms,
  }
  return { name: 'risk: honest payments stopped to ask', ...figure, note: `the shadow set would stop ${share(shadow)}%` }
}

function speedRows(years: readonly Year[]): readonly Measured[] {
  const times = years.flatMap(year => year.times).sort((a, b) => a - b)
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN
  const rate = Math.min(...years.map(({ active }) => active.seen / active.seconds))
  return [
    {
      ...{ name: 'risk: p99 of one judgement, 1M movements past', value: p99, unit: 'ms', reference: null, ratio: null },
      ...{ goal: `< ${goals.p99Ms} ms`, ok: p99 < goals.p99Ms },
      note: `of ${judgements.toLocaleString('en')}; profiles are read from JSON text as a store hands them over, not yet from the service's tables`,
    },
    {
      ...{ name: 'risk: whole pass', value: rate, unit: 'events/s', reference: null, ratio: null, goal: 'told', ok: null },
      note: 'judging each payment and learning from each event, profiles in memory',
    },
  ]
}

/** `npm run bench:risk`: years of payments made from seeds, of which the worst counts. Exit 1 where a goal is missed. */
function main(): number {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      seeds: { type: 'string', default: '101,102,103' },
      payments: { type: 'string', default: '200000' },
    },
  })
  const seeds = values.seeds.split(',').map(Number)
  say(`${seeds.length} years of ${Number(values.payments).toLocaleString('en')} payments, about ${1 + seeds.length} minutes`)
  const years = seeds.map((seed, n) => live(seed, Number(values.payments), n === 0))
  const kinds = [...new Set(years.flatMap(({ active }) => [...active.kinds.keys()]))].sort()
  const rows = [
    recallRow('all kinds with a rule', years, goals.recall, kind => ruledKinds.has(kind)),
    ...[...ruledKinds].map(one => recallRow(one, years, goals.recall, kind => kind === one)),
    recallRow(`held out (${kinds.filter(isHeldOut).join(', ') || 'none'})`, years, goals.heldOut, isHeldOut),
    falseAlarmRow(years),
    ...speedRows(years),
  ]
  process.stdout.write(values.json ? `${JSON.stringify({ rows })}\n` : `\n${table(rows)}\n`)
  return rows.some(({ ok }) => ok === false) ? 1 : 0
}

process.exitCode = main()
