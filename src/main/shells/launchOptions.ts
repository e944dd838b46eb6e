import { parseArgs } from 'node:util'
import { type AppLocale, appLocale } from '#locales/index.ts'

export type LaunchOptions = {
  readonly dataDir: string | undefined
  /** The deep link that the system handed over; untrusted. */
  readonly link: string | null
}

export const linkScheme = 'okpay'
const longestLink = 2000

/** The first deep link among arguments: it is only handed on, the wallet's own grammar judges it. */
export const linkAmong = (words: readonly string[]): string | null =>
  words.find(word => word.toLowerCase().startsWith(`${linkScheme}://`) && word.length <= longestLink) ?? null

/**
 * The words that are ours of Electron's argument list. In development the app's folder stands before them, and switches of Chromium may stand
 * anywhere; those are not ours to refuse.
 */
export function electronWords(argv: readonly string[], isPackaged: boolean): string[] {
  const given = argv.slice(1)
  const first = isPackaged ? 0 : given.findIndex(word => !word.startsWith('-')) + 1
  return given.slice(first).filter(word => !word.startsWith('-') || word.startsWith('--data-dir'))
}

/** Reads the command line of a start; the word that it does not know where there is one. */
export function readLaunchOptions(args: readonly string[]): LaunchOptions | { readonly unknown: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'data-dir': { type: 'string' } },
      allowPositionals: true,
      strict: true,
    })
    const stranger = positionals.find(word => linkAmong([word]) === null)
    if (stranger !== undefined) return { unknown: stranger }
    return { dataDir: values['data-dir'], link: linkAmong(positionals) }
  } catch {
    return { unknown: args.join(' ') }
  }
}

/** The language that the environment asks for (POSIX: LC_ALL before LC_MESSAGES before LANG), else the system's own. */
export function systemLocale(env: NodeJS.ProcessEnv): AppLocale {
  const asked = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale
  return appLocale(asked.split('.')[0]?.replace('_', '-') ?? 'en')
}
