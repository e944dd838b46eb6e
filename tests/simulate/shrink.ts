import type { Item, Plan } from './plan.ts'

/**
 * The shortest list of items with which the plan still fails: takes away halves, quarters, ... and at last single items, as long as what is left fails. `most` runs
 * at most. Source: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (2002), without the step of complements.
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, most = 400): Promise<Plan> {
  let items: readonly Item[] = plan.items
  let runs = 0
  for (let size = Math.ceil(items.length / 2); size >= 1 && runs < most; ) {
    let isShorter = false
    for (let at = 0; at < items.length && runs < most; ) {
      const left = items.filter((_, n) => n < at || n >= at + size)
      runs += 1
      if (await fails({ ...plan, items: left })) {
        items = left
        isShorter = true
      } else at += size
    }
    if (size > 1) size = Math.ceil(size / 2)
    else if (!isShorter) break
  }
  return { ...plan, items }
}
