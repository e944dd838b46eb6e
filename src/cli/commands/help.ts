import type { MessageKey } from '#locales/index.ts'

type Listed = { readonly usage: string; readonly about: MessageKey }

/** The page of `okpay help`: every command in the order of its registry. */
export function helpText(commands: readonly Listed[], say: (key: MessageKey) => string): string {
  const rows = [...commands.map(({ usage, about }) => [`  okpay ${usage}`, say(about)]), ['  okpay help', say('cli.about.help')]]
  const width = 46
  const lines = rows.map(([usage = '', about = '']) =>
    usage.length > width ? `${usage}\n${' '.repeat(width + 2)}${about}` : `${usage.padEnd(width)}  ${about}`,
  )
  return [say('cli.title'), '', say('cli.usage'), '', ...lines, '', say('cli.exit')].join('\n')
}
