import { Fault } from '#core/failure/faults.ts'
import { no, ok } from '#core/failure/outcome.ts'
import { expire } from '#core/topUp/topUp.ts'
import type { Feature, RouteHandler } from '../../ports.ts'
import { importStatement } from '../statement/importStatement.ts'
import { receivingAccounts } from '../topUp/receivingAccounts.ts'
import { writeSimulatedStatement } from './simulatedStatement.ts'

/**
 * The simulated bank takes the transfer of a top-up: it writes a real camt.053, which goes through the same import as every bank's file.
 * Declines: sandbox_only, not_found (somebody else's too), top_up_finished.
 */
const simulateTransfer: RouteHandler<'simulateTransfer'> = async (ports, { holder }, { id }) => {
  const { store, clock, config } = ports
  if (!config.sandbox) return no('sandbox_only')
  const written = await store.write(async tx => {
    const now = clock()
    const topUp = await tx.topUps.find(id)
    if (!topUp || topUp.holderId !== holder.id) return no('not_found')
    const { state, amount } = expire(topUp, now)
    if (state !== 'instructed' && state !== 'detected') return no('top_up_finished')
    const account = receivingAccounts(config).find(of => of.currency === amount.currency)
    if (!account) return no('currency_not_offered', { currency: amount.currency })
    return ok(await writeSimulatedStatement(tx, ports, account, topUp, holder.name, now))
  })
  if (!written.ok) return written
  const { xml, statementId } = written.value
  const report = await importStatement(ports, { file: `${statementId}.xml`, by: 'sandbox_bank' }, [Buffer.from(xml)])
  if (!report.ok) return report
  if (report.value.refused !== null)
    throw new Fault('unexpected', { cause: new Error(`the simulated statement was refused: ${report.value.refused}`) })
  return ok({ statement: xml })
}

export const sandboxBankFeature: Feature = { routes: { simulateTransfer } }
