import { no, ok } from '#core/failure/outcome.ts'
import type { Feature, ServicePorts, Work } from '../../ports.ts'
import { iso } from '../../wires.ts'
import { importStatement } from './importStatement.ts'

const waitingPage = 100

/** Lines that were staged when an earlier process ended count for nothing: the same file again reads them anew. */
function forgetBrokenOff({ store, log }: ServicePorts): Work {
  const done = store
    .write(tx => tx.statements.unstageAll())
    .catch((error: unknown) => log.error({ event: 'staged_lines_not_deleted', cause: error instanceof Error ? error.message : 'unknown' }))
  return { stop: () => done }
}

/** Bank files in, and the list of what waits for an operator. */
export const statementFeature: Feature = {
  routes: {
    importStatement: async (ports, { by }, { file }, raw) => {
      if (!raw) return no('input_invalid', { field: 'body' })
      return importStatement(ports, { file, by }, raw)
    },
    waiting: async ({ store }, _caller, { after }) => {
      const entries = await store.read(tx => tx.statements.waiting(after, waitingPage))
      return ok({
        entries: entries.map(({ id, problem, amount, currency, debtor, remittance, bookedOn, importedAt, file }) => ({
          ...{ id, problem: problem ?? '', amount, currency, debtor, remittance, bookedOn },
          ...{ importedAt: iso(importedAt), file },
        })),
        next: entries.length < waitingPage ? null : (entries.at(-1)?.id ?? null),
      })
    },
  },
  work: forgetBrokenOff,
}
