import { type Random, randomOf } from './random.ts'

/** What a person, a shop or an operator does, `at` milliseconds after the beginning. `n` names what it is about, so that acts can meet on one order. */
export type Act = { readonly is: 'act'; readonly at: number } & (
  | { readonly do: 'order'; readonly n: number; readonly minor: number; readonly currency: 'EUR' | 'CNY' }
  | { readonly do: 'pay' | 'pay_twice' | 'cancel_order' | 'reuse_id'; readonly wallet: number; readonly n: number }
  | { readonly do: 'top_up'; readonly wallet: number; readonly n: number; readonly minor: number; readonly currency: 'EUR' | 'CNY' }
  | { readonly do: 'transfer' | 'cancel_top_up'; readonly wallet: number; readonly n: number }
  | { readonly do: 'open_currency' | 'ask' | 'raise_limit' | 'check' | 'look' | 'restart'; readonly wallet: number }
  /** The feeds are compacted but for so many newest rows. */
  | { readonly do: 'compact'; readonly keptRows: number }
  | { readonly do: 'security_hold'; readonly holder: number; readonly isOn: boolean }
)

/** What may happen to a message. `late` and `double` come so many milliseconds after their time. */
export type Mishap = 'lose_request' | 'lose_answer' | 'double' | 'late' | 'late_answer' | 'garbage' | 'reset'

/**
 * What goes wrong. `step`: the how-manieth await of that process; `n`: the how-manieth message of that wallet;
 * `write`: the how-manieth write on that disk. A write is torn by the power, and `stands` says whether a commit was through by then.
 */
export type Trouble =
  | { readonly is: 'message'; readonly wallet: number; readonly n: number; readonly what: Mishap; readonly ms: number }
  | { readonly is: 'crash'; readonly of: string; readonly step: number; readonly backMs: number }
  | { readonly is: 'cut_off'; readonly wallet: number; readonly at: number; readonly ms: number }
  | { readonly is: 'clock'; readonly of: string; readonly at: number; readonly ms: number }
  | { readonly is: 'full'; readonly of: string; readonly write: number; readonly writes: number }
  | { readonly is: 'torn'; readonly of: string; readonly write: number; readonly stands: boolean }
  | { readonly is: 'mail'; readonly n: number; readonly what: 'refused' | 'slow' }

export type Item = Act | Trouble

/** Everything that a run is made of: the same plan gives the same run, step by step. */
export type Plan = {
  readonly seed: number
  readonly instances: 1 | 2
  readonly wallets: 2 | 3
  /** Whether nudges come over a socket; without one the wallets poll. */
  readonly hasSockets: boolean
  /** The longest that an ordinary message is under way. */
  readonly lagMs: number
  readonly items: readonly Item[]
}

const actsWithinMs = 9_000

function acts(random: Random, wallets: Plan['wallets']): Act[] {
  const list: Act[] = []
  const at = (): number => random.int(actsWithinMs)
  const wallet = (): number => random.int(wallets)
  const currency = (): 'EUR' | 'CNY' => (random.chance(0.85) ? 'EUR' : 'CNY')
  const orders = random.between(1, 3)
  for (let n = 0; n < orders; n += 1) {
    const asked = at()
    // A fifth of all orders ask for more than anybody has.
    const minor = random.chance(0.2) ? random.between(9_000, 30_000) : random.between(1, 6_000)
    list.push({ is: 'act', at: asked, do: 'order', n, minor, currency: currency() })
    const tries = random.between(1, 3)
    for (let k = 0; k < tries; k += 1) {
      const how = random.pick(['pay', 'pay', 'pay', 'pay_twice', 'reuse_id', 'cancel_order'])
      list.push({ is: 'act', at: asked + random.int(random.pick([200, 2_000, 6_000])), do: how, wallet: wallet(), n })
    }
  }
  const topUps = random.pick([0, 1, 1, 2])
  for (let n = 0; n < topUps; n += 1) {
    const by = wallet()
    const made = at()
    list.push({ is: 'act', at: made, do: 'top_up', wallet: by, n, minor: random.between(1_000, 20_000), currency: currency() })
    const then = random.between(0, 2)
    for (let k = 0; k < then; k += 1)
      list.push({ is: 'act', at: made + random.int(5_000), do: random.chance(0.8) ? 'transfer' : 'cancel_top_up', wallet: by, n })
  }
  const others = random.int(4)
  for (let k = 0; k < others; k += 1)
    list.push({
      is: 'act',
      at: at(),
      do: random.pick(['open_currency', 'ask', 'raise_limit', 'check', 'look', 'look', 'restart']),
      wallet: wallet(),
    })
  if (random.chance(0.15)) {
    const holder = random.int(2)
    const from = at()
    list.push({ is: 'act', at: from, do: 'security_hold', holder, isOn: true })
    list.push({ is: 'act', at: from + random.int(8_000), do: 'security_hold', holder, isOn: false })
  }
  return list
}

/** In a third of all runs, now and then. */
function compactions(random: Random): Act[] {
  const times = random.chance(0.35) ? random.between(1, 3) : 0
  return Array.from({ length: times }, () => ({
    is: 'act',
    at: random.int(actsWithinMs),
    do: 'compact',
    keptRows: random.pick([0, 1, 3, 8]),
  }))
}

function trouble(random: Random, wallets: number, instances: number): Trouble {
  const wallet = random.int(wallets)
  const instance = `instance${random.int(instances)}`
  const kind = random.int(100)
  if (kind < 40)
    return {
      is: 'message',
      wallet,
      n: random.between(1, 40),
      what: random.pick(['lose_request', 'lose_answer', 'double', 'late', 'late_answer', 'garbage', 'reset']),
      ms: random.pick([50, 2_000, 9_000, 15_000, 25_000]),
    }
  if (kind < 75) {
    const of = random.pick([`wallet${wallet}`, `wallet${wallet}`, instance, instance, 'machine'])
    const most = of.startsWith('wallet') ? 260 : of === 'machine' ? 800 : 600
    return { is: 'crash', of, step: random.int(random.chance(0.3) ? most / 4 : most), backMs: random.pick([0, 300, 2_000, 8_000]) }
  }
  if (kind < 82) return { is: 'cut_off', wallet, at: random.int(actsWithinMs), ms: random.pick([500, 4_000, 15_000]) }
  if (kind < 88)
    return {
      is: 'clock',
      of: random.pick([`wallet${wallet}`, instance]),
      at: random.int(actsWithinMs),
      ms: random.pick([-86_400_000, -600_000, -4_000, 4_000, 200_000, 1_000_000, 86_400_000]),
    }
  if (kind < 92)
    return { is: 'torn', of: random.pick([`wallet${wallet}`, 'machine']), write: random.between(1, 150), stands: random.chance(0.5) }
  if (kind < 97)
    return {
      is: 'full',
      of: random.pick([`wallet${wallet}`, 'machine']),
      write: random.between(1, 150),
      writes: random.pick([1, 3, 20, 60]),
    }
  return { is: 'mail', n: random.int(3), what: random.pick(['refused', 'slow']) }
}

/** The plan of a seed. One in ten has no trouble at all, and has to end as well. */
export function planOf(seed: number): Plan {
  const random = randomOf('plan', seed)
  const instances = random.pick([1, 2])
  const wallets = random.pick([2, 3])
  const troubles = random.chance(0.1) ? 0 : random.between(1, random.pick([3, 6, 12]))
  const items: Item[] = [...acts(random, wallets), ...compactions(randomOf('compactions', seed))].sort((a, b) => a.at - b.at)
  for (let k = 0; k < troubles; k += 1) items.push(trouble(random, wallets, instances))
  return { seed, instances, wallets, hasSockets: random.chance(0.6), lagMs: random.pick([5, 80, 80, 800]), items }
}

/** One line for each item, as a failing seed prints them. */
export function itemText(item: Item): string {
  const { is, ...rest } = item
  const parts = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)
  return `${is} ${parts.join(' ')}`
}
