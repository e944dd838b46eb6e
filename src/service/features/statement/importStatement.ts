import type { ImportReport } from '#contracts/service/money.ts'
import { no, type Outcome, ok } from '#core/failure/outcome.ts'
import type { BankLine, BankStatement, StatementImport } from '#storage/featureRepositories.ts'
import type { Tx } from '#storage/serviceStore.ts'
import type { ServicePorts } from '../../ports.ts'
import { type Settled, settleLine } from './settleLine.ts'
import { stageFile } from './stageFile.ts'

/** Lines that are settled in one transaction: short enough that nobody waits for it. */
const batch = 100
const mostReportedEntries = 200
const mostReportedStatements = 1_000

type Tally = {
  credited: number
  waiting: number
  seenBefore: number
  notMoneyIn: number
  readonly entries: ImportReport['entries']
}

const counters = { credited: 'credited', waiting: 'waiting', seen_before: 'seenBefore', not_money_in: 'notMoneyIn' } as const

function count(tally: Tally, line: BankLine, { outcome, problem, reference }: Settled): void {
  tally[counters[outcome]] += 1
  if (tally.entries.length >= mostReportedEntries) return
  const amount = line.amount === '' ? '' : `${line.amount} ${line.currency}`.trim()
  tally.entries.push({ reference, amount, debtor: line.debtor, bookedOn: line.bookedOn, outcome, problem })
}

/** The statement of each line, of which lines come in order. */
function statementsOf(tx: Tx, importId: string) {
  let last: BankStatement | undefined
  return async (number: number): Promise<BankStatement> => {
    if (last?.number !== number) last = await tx.statements.statement(importId, number)
    if (!last) throw new Error('a line without its statement')
    return last
  }
}

/** Settles every staged line, a batch in a transaction. A crash leaves whole batches: the same file again does the rest. */
async function settleAll(ports: ServicePorts, run: StatementImport, tally: Tally): Promise<void> {
  for (let after = 0; ; ) {
    const settled = await ports.store.write(async tx => {
      const lines = await tx.statements.staged(run.id, after, batch)
      const statementOf = statementsOf(tx, run.id)
      const done: [BankLine, Settled][] = []
      for (const line of lines) done.push([line, await settleLine(tx, ports, run, line, await statementOf(line.statement), ports.clock())])
      return done
    })
    for (const [line, what] of settled) count(tally, line, what)
    const last = settled.at(-1)
    if (!last || settled.length < batch) return
    after = last[0].seq
  }
}

async function report(ports: ServicePorts, run: StatementImport, tally: Tally): Promise<ImportReport> {
  const statements = run.refused === null ? await ports.store.read(tx => tx.statements.statements(run.id, mostReportedStatements)) : []
  return {
    file: run.file,
    bytes: run.bytes,
    refused: run.refused,
    statements: statements.map(({ statementId, account, problem, entries }) => ({ id: statementId, account, problem, entries })),
    ...tally,
  }
}

/** What the audit log says of an import that came to its end. */
const outcomeOf = ({ sha256, refused }: StatementImport, { credited, waiting, seenBefore, notMoneyIn }: Tally): Record<string, string> => ({
  sha256,
  ...(refused === null ? {} : { refused }),
  credited: String(credited),
  waiting: String(waiting),
  seen_before: String(seenBefore),
  not_money_in: String(notMoneyIn),
})

/**
 * Imports one bank file. It is read to its end before anything of it counts; then each line is settled (`settleLine.ts`), in statements that
 * add up only. The same file again, or the same entry in another file, changes nothing and says so.
 * Decline: input_invalid where the file is larger than the service takes.
 */
export async function importStatement(
  ports: ServicePorts,
  { file, by }: { readonly file: string; readonly by: string },
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Outcome<ImportReport>> {
  const { store, clock, config } = ports
  const begun: StatementImport = { id: ports.ids(), file, startedAt: clock(), finishedAt: null, bytes: 0, sha256: '', refused: null }
  const object = `import:${begun.id}`
  await store.write(async tx => {
    await tx.statements.begin(begun)
    await tx.audit.append({ at: begun.startedAt, by, act: 'statement.begun', object, detail: { file } })
  })
  try {
    const read = await stageFile(ports, begun.id, source, config.limits.fileBytes)
    if (!read.ok) return no('input_invalid', { field: 'file', mostBytes: String(config.limits.fileBytes) })
    const { verdict, bytes, sha256 } = read
    const run: StatementImport = { ...begun, bytes, sha256, refused: verdict.ok ? null : verdict.problem.code }
    const tally: Tally = { credited: 0, waiting: 0, seenBefore: 0, notMoneyIn: 0, entries: [] }
    if (run.refused === null) await settleAll(ports, run, tally)
    await store.write(async tx => {
      const finishedAt = clock()
      await tx.statements.finish({ ...run, finishedAt })
      await tx.audit.append({ at: finishedAt, by, act: 'statement.finished', object, detail: outcomeOf(run, tally) })
    })
    return ok(await report(ports, run, tally))
  } finally {
    await store.write(tx => tx.statements.unstage(begun.id))
  }
}
