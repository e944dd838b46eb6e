import { methodNames } from '#contracts/bridge/index.ts'
import type { Command } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'

export const call: Command = {
  usage: 'call METHOD [\'{"json":...}\']',
  about: 'cli.about.call',
  options: {},
  words: [1, 2],
  needsWallet: true,
  async run(terminal, [method = '', text = '{}']) {
    let input: unknown
    try {
      input = JSON.parse(text)
    } catch {
      throw new WrongUse(terminal.say('cli.wrong.json', { text: text.slice(0, 60) }))
    }
    if (!methodNames.some(name => name === method)) throw new WrongUse(terminal.say('cli.wrong.method', { method }))
    terminal.print(jsonText(await terminal.callRaw(method, input), terminal.isJson ? 0 : 2))
  },
}
