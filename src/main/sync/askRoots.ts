import type { SignedRoot } from '#contracts/service/proof.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import type { CheckedRoot, ToldRoots } from './roots.ts'
import type { RouteInput, RouteOutput } from './serviceClient.ts'

type Call = <R extends 'roots' | 'inclusions'>(route: R, input: RouteInput<R>) => Promise<Outcome<RouteOutput<R>>>

/** A wallet that was away for so many pages of a year each asks again later. */
const mostPages = 100

/** Every root from the one that is known to the newest; the newest alone where none is. */
async function rootsFrom(call: Call, known: CheckedRoot | undefined): Promise<readonly SignedRoot[]> {
  const roots: SignedRoot[] = []
  for (let page = 0; page < mostPages; page += 1) {
    const from = roots.at(-1)?.day ?? known?.root.day
    const answer = await call('roots', from === undefined ? {} : { from })
    if (!answer.ok) throw new Fault('service_garbage')
    const more = roots.length === 0 ? answer.value.roots : answer.value.roots.slice(1)
    roots.push(...more)
    if (more.length === 0 || roots.at(-1)?.day === answer.value.newest) return roots
  }
  return roots
}

/** What the service tells of its daily roots since the known one. Undefined where another day was over in between: ask again. Faults as `ServiceClient.call`. */
export async function askRoots(call: Call, known: CheckedRoot | undefined): Promise<ToldRoots | undefined> {
  const roots = await rootsFrom(call, known)
  const day = roots.at(-1)?.day
  if (day === undefined || day === known?.root.day) return { roots, accounts: [] }
  const proofs = await call('inclusions', { day })
  return proofs.ok ? { roots, accounts: proofs.value.accounts } : undefined
}
