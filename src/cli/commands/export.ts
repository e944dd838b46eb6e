import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { exportFormat, type StatementProgress, statementRequest } from '#contracts/bridge/history.ts'
import { faults } from '#core/failure/faults.ts'
import { formatAmount } from '#locales/amounts.ts'
import type { Command, Terminal } from '../command.ts'
import { NotDone, Refusal, Unusable, WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const pollMs = 100

/** In the order of their table. */
const faultCodes = Object.keys(faults) as readonly (keyof typeof faults)[]

async function finish(terminal: Terminal, started: StatementProgress): Promise<StatementProgress> {
  let progress = started
  while (progress.state === 'running') {
    await wait(pollMs)
    progress = await terminal.call('statements.progress', { id: progress.id })
  }
  return progress
}

function proofTable(terminal: Terminal, { proof }: StatementProgress): string {
  const { locale, say } = terminal
  const right = (title: string) => ({ title, align: 'right' }) as const
  const columns = [
    { title: '', align: 'left' } as const,
    right(say('cli.export.opening')),
    right(say('cli.export.movements')),
    right(say('cli.export.sum')),
    right(say('cli.export.closing')),
  ]
  const rows = proof.map(row => [
    row.currency,
    formatAmount(locale, row.opening, { unit: 'none' }),
    String(row.movements),
    formatAmount(locale, row.sum, { unit: 'none', plus: true }),
    formatAmount(locale, row.closing, { unit: 'none' }),
  ])
  return table(columns, rows)
}

/** Somebody called it off in the window, or it could not be written: the reference is the export's own. */
function notWritten({ say }: Terminal, { id, state, failure }: StatementProgress): Error {
  if (state === 'cancelled') return new NotDone(say('cli.export.cancelled'))
  const known = faultCodes.find(name => name === failure)
  return new Refusal({ ok: false, kind: 'fault', code: known ?? 'unexpected', reference: id })
}

const wrongOption = ({ say }: Terminal, name: string): WrongUse => {
  const option = name === 'currencies' ? 'currency' : name
  return new WrongUse(say('cli.wrong.option', { option, usage: exportStatement.usage }))
}

export const exportStatement: Command = {
  usage: `export --format ${exportFormat.options.join('|')} [--from 2026-11-01] [--to 2026-11-30] [--currency EUR,CNY] [--out FILE]`,
  about: 'cli.about.export',
  options: {
    format: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    currency: { type: 'string' },
    out: { type: 'string', short: 'o' },
  },
  words: [0, 0],
  needsWallet: true,
  async run(terminal, _words, values) {
    const { say } = terminal
    const currencies = typeof values['currency'] === 'string' ? values['currency'].toUpperCase().split(',') : null
    const request = statementRequest.safeParse({
      format: values['format'],
      from: values['from'] ?? null,
      to: values['to'] ?? null,
      currencies,
    })
    if (!request.success) throw wrongOption(terminal, String(request.error.issues[0]?.path[0] ?? ''))
    const path = typeof values['out'] === 'string' ? resolve(values['out']) : null
    const done = await finish(terminal, await terminal.call('statements.start', { ...request.data, id: terminal.makeId(), path }))
    if (done.failure === 'folder_read_only' && path !== null) throw new Unusable(say('cli.wrong.notWritable', { path }))
    if (done.state !== 'done') throw notWritten(terminal, done)
    if (terminal.isJson) return terminal.print(jsonText(done))
    terminal.print(proofTable(terminal, done))
    terminal.print(say('cli.export.done', { rows: done.written, path: done.path ?? '' }))
  },
}
