import { isAbsolute } from 'node:path'
import type { StatementProgress, StatementRequest } from '#contracts/bridge/history.ts'
import type { Profile } from '#contracts/wire/shapes.ts'
import { Fault } from '#core/failure/faults.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { StatementJob, StatementProofRow, WalletStore } from '#core/wallet/store.ts'
import type { Feature } from '../bridge/implement.ts'
import type { Clock } from '../ports.ts'
import { amountOf } from './balances.ts'
import { dayOf, startOf, timeZone } from './days.ts'
import { freePath } from './downloads.ts'

type StatementParts = {
  readonly store: WalletStore
  readonly clock: Clock
  readonly downloadsDir: string
  readonly locale: () => string
  readonly profile: () => Promise<Profile>
  readonly onProgress: (progress: StatementProgress) => void
  readonly revealFile: (path: string) => Promise<boolean>
}

const endings = { csv: 'csv', hledger: 'journal' } as const satisfies Record<StatementRequest['format'], string>
/** How often the window hears of a running statement. */
const progressMs = 100

const proofOf = ({ currency, openingMinor, movements, sumMinor, closingMinor }: StatementProofRow) => ({
  currency,
  opening: amountOf({ currency, minor: openingMinor }),
  movements,
  sum: amountOf({ currency, minor: sumMinor }),
  closing: amountOf({ currency, minor: closingMinor }),
})

const isInOrder = ({ from, to }: StatementRequest): boolean => from === null || to === null || from <= to

const periodOf = ({ from, to, currencies }: StatementRequest) => ({
  from: from === null ? null : startOf(from),
  until: to === null ? null : startOf(to, 1),
  currencies,
})

/** Statements as files, each with its proof; one job an id, which can be watched and stopped. */
export function statementsFeature(parts: StatementParts): Feature<'statements'> & { stopAll(): Promise<void> } {
  const jobs = new Map<string, StatementProgress>()

  async function jobOf(request: StatementRequest, id: string, path: string | null): Promise<StatementJob> {
    const profile = await parts.profile()
    const now = parts.clock.now()
    const first = request.from ?? dayOf(Date.parse(profile.registeredAt))
    const name = `okpay-${first}_${request.to ?? dayOf(now)}`
    return {
      id,
      format: request.format,
      ...periodOf(request),
      path: path ?? (await freePath(parts.downloadsDir, name, endings[request.format])),
      holder: `${profile.name} <${profile.email}>`,
      madeAt: now,
      timeZone: timeZone(),
      locale: parts.locale(),
    }
  }

  function tell(progress: StatementProgress): void {
    jobs.set(progress.id, progress)
    parts.onProgress(progress)
  }

  async function write(job: StatementJob): Promise<void> {
    const running = { id: job.id, written: 0, of: 0, path: job.path, proof: [], failure: null }
    let steps = { written: 0, of: 0 }
    let toldAt = Number.NEGATIVE_INFINITY
    try {
      const proof = await parts.store.writeStatement(job, step => {
        steps = step
        const now = performance.now()
        if (now - toldAt < progressMs || jobs.get(job.id)?.state !== 'running') return
        toldAt = now
        tell({ ...running, ...step, state: 'running' })
      })
      if (proof) tell({ ...running, ...steps, written: steps.of, state: 'done', proof: proof.map(proofOf) })
      else tell({ ...running, ...steps, state: 'cancelled', path: null })
    } catch (error) {
      tell({ ...running, ...steps, state: 'failed', path: null, failure: error instanceof Fault ? error.code : 'unexpected' })
    }
  }

  const found = (id: string): Outcome<StatementProgress> => {
    const progress = jobs.get(id)
    return progress ? ok(progress) : no('export_unknown')
  }

  return {
    async preview(request) {
      if (!isInOrder(request)) return no('export_period_invalid')
      return ok({ proof: (await parts.store.proveStatement(periodOf(request))).map(proofOf) })
    },

    async start({ id, path, ...request }, caller) {
      const known = jobs.get(id)
      if (known) return ok(known)
      if (!isInOrder(request)) return no('export_period_invalid')
      // Only the owner's own terminal says where a file goes; a page never does.
      if (path !== null && caller.shell !== 'terminal') return no('not_allowed')
      if (path !== null && !isAbsolute(path)) return no('input_invalid', { members: 'path' })
      const job = await jobOf(request, id, path)
      const begun: StatementProgress = { id, state: 'running', written: 0, of: 0, path: job.path, proof: [], failure: null }
      jobs.set(id, begun)
      void write(job)
      return ok(begun)
    },

    progress: async ({ id }) => found(id),

    async cancel({ id }) {
      if (jobs.get(id)?.state === 'running') await parts.store.stopStatement(id)
      return found(id)
    },

    async reveal({ id }) {
      const progress = jobs.get(id)
      if (progress?.state !== 'done' || progress.path === null) return no('export_unknown')
      return ok({ revealed: await parts.revealFile(progress.path) })
    },

    async stopAll() {
      const running = [...jobs.values()].filter(({ state }) => state === 'running')
      await Promise.all(running.map(({ id }) => parts.store.stopStatement(id)))
    },
  }
}
