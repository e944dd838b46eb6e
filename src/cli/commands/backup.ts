import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

export const backup: Command = {
  usage: 'backup [FILE]',
  about: 'cli.about.backup',
  options: {},
  words: [0, 1],
  needsWallet: true,
  async run(terminal, [file]) {
    const { say, print, locale } = terminal
    const path = file === undefined ? null : resolve(file)
    if (path !== null && existsSync(path)) throw new WrongUse(say('cli.backup.there', { path }))
    const made = await terminal.call('backups.make', { path })
    if (terminal.isJson) return print(jsonText(made))
    const columns = [{ title: say('cli.backup.path'), align: 'left' } as const, { title: say('cli.backup.bytes'), align: 'right' } as const]
    print(table(columns, [[made.path, new Intl.NumberFormat(locale).format(made.bytes)]]))
    print(say('cli.backup.done'))
  },
}
