import type { Write } from './disk.ts'
import type { People } from './people.ts'
import type { Plan } from './plan.ts'
import type { Planted } from './plantable.ts'
import type { Processes } from './process.ts'
import type { Time } from './time.ts'

/** What one side of the run has in common with the other. */
export type Stage = {
  readonly plan: Plan
  readonly people: People
  readonly planted: Planted
  readonly time: Time
  readonly processes: Processes
  readonly log: (line: string) => void
  /** Something that must never be. */
  readonly onBug: (what: string) => void
  readonly isHealed: () => boolean
  readonly crash: (of: string, backMs: number) => void
}

/** What the writes of one disk meet, counted. */
export function writesOf({ plan, log, isHealed }: Stage, of: string): () => Write {
  const planned = plan.items.filter(item => (item.is === 'full' || item.is === 'torn') && item.of === of)
  let count = 0
  return () => {
    count += 1
    for (const item of isHealed() ? [] : planned) {
      if (item.is === 'torn' && item.write === count) {
        log(`the power of ${of} fails at its write ${count}`)
        return item.stands ? 'power_fails_after' : 'power_fails'
      }
      if (item.is === 'full' && count >= item.write && count < item.write + item.writes) {
        log(`the disk of ${of} is full at its write ${count}`)
        return count % 2 === 0 ? 'disk_full' : 'disk_full_ends_transaction'
      }
    }
    return 'goes_well'
  }
}
