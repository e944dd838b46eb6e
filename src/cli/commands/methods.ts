import { z } from 'zod'
import { bridge } from '#contracts/bridge/index.ts'
import type { Method } from '#contracts/wire/method.ts'
import type { Command } from '../command.ts'
import { jsonText } from '../safeText.ts'
import { table } from '../table.ts'

const rows = (): (readonly [string, Method])[] =>
  Object.entries(bridge).flatMap(([feature, methods]) =>
    Object.entries<Method>(methods).map(([name, method]) => [`${feature}.${name}`, method] as const),
  )

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

export const methods: Command = {
  usage: 'methods',
  about: 'cli.about.methods',
  options: {},
  words: [0, 0],
  needsWallet: false,
  async run(terminal) {
    if (terminal.isJson) {
      const described = rows().map(([name, { when, access, input, output }]) => ({
        name,
        when,
        access,
        input: schemaOf(input),
        output: schemaOf(output),
      }))
      return terminal.print(jsonText(described))
    }
    const columns = [
      { title: terminal.say('cli.methods.name'), align: 'left' },
      { title: terminal.say('cli.methods.access'), align: 'left' },
      { title: terminal.say('cli.methods.when'), align: 'left' },
    ] as const
    terminal.print(
      table(
        columns,
        rows().map(([name, { access, when }]) => [name, access, when]),
      ),
    )
  },
}
