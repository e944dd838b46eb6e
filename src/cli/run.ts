import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { AppState } from '#contracts/bridge/app.ts'
import type { FailureEnvelope } from '#contracts/wire/envelope.ts'
import { declines } from '#core/failure/declines.ts'
import { Fault } from '#core/failure/faults.ts'
import { uuidV7 } from '#core/ids/uuidV7.ts'
import { detailValues, sayFailure } from '#locales/failures.ts'
import { formatMessage } from '#locales/format.ts'
import { type AppLocale, appLocale, type MessageKey } from '#locales/index.ts'
import { appPassword, type PasswordSource } from './appPassword.ts'
import type { Command, Terminal, Values } from './command.ts'
import { helpText } from './commands/help.ts'
import { commands } from './commands/index.ts'
import { exitCodes, NotDone, Refusal, Unusable, WrongUse } from './failure.ts'
import { askLine, askSecret } from './prompt.ts'
import type { ReachedWallet, ReachOptions } from './reach.ts'
import { jsonText, plain } from './safeText.ts'

export type Streams = { out(text: string): void; err(text: string): void }

const everywhere = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  locale: { type: 'string' },
  'data-dir': { type: 'string' },
  'password-file': { type: 'string' },
} as const

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined)

/** The language of the terminal: what is asked for, else what the system speaks (POSIX: an empty variable is one that is not set). */
function localeOf(args: readonly string[]): AppLocale {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const at = args.findIndex(word => word === '--locale' || word.startsWith('--locale='))
  const asked = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
  return appLocale((asked || LC_ALL || LC_MESSAGES || LANG || 'en').split('.')[0]?.replace('_', '-') ?? 'en')
}

/** A failure for people: what happened, what to do, who can, and how in `fixes`. */
function tell(locale: AppLocale, failure: FailureEnvelope): string {
  const now = new Date()
  const detail = failure.kind === 'decline' ? failure.detail : {}
  const { whole } = sayFailure(locale, { kind: failure.kind, code: failure.code, detail }, now)
  if (failure.kind === 'fault') {
    const { reference } = failure
    return [whole, ...(reference === '' ? [] : [formatMessage(locale, 'cli.reference', { reference })])].map(plain).join('\n')
  }
  const { who, fixes } = declines[failure.code]
  const values = detailValues(locale, detail, now)
  const fix = fixes.map(name => formatMessage(locale, `fixes.${name}`, values)).join(' / ')
  const { members } = failure.detail
  const which = failure.code === 'input_invalid' && members ? [formatMessage(locale, 'cli.wrong.members', { members })] : []
  const lines = [whole, ...which, formatMessage(locale, 'cli.fix.who', { who: formatMessage(locale, `menders.${who}`) })]
  return [...lines, ...(fix === '' ? [] : [formatMessage(locale, 'cli.fix.do', { fix })])].map(plain).join('\n')
}

type Parsed = { readonly command: Command; readonly words: readonly string[]; readonly values: Values }

/** Where the command's name stands: options that every command has may come before it. */
function nameAt(args: readonly string[]): number {
  let at = 0
  for (let word = args[at]; word?.startsWith('--'); word = args[at]) {
    const option = Object.entries(everywhere).find(([name]) => word === `--${name}` || word?.startsWith(`--${name}=`))?.[1]
    if (!option) break
    at += option.type === 'string' && !word.includes('=') ? 2 : 1
  }
  return at
}

/** Reads the command line; undefined where help is asked for. */
function parse(args: readonly string[], say: (key: MessageKey, values?: Record<string, string>) => string): Parsed | undefined {
  const at = nameAt(args)
  const [name = 'help'] = args.slice(at)
  const rest = [...args.slice(0, at), ...args.slice(at + 1)]
  if (name === 'help' || name === '--help' || name === '-h') return undefined
  const command: Command | undefined = Object.entries(commands).find(([word]) => word === name)?.[1]
  if (!command) throw new WrongUse(say('cli.wrong.command', { command: name }))
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...everywhere, ...command.options },
      allowPositionals: true,
      strict: true,
    })
    const [least, most] = command.words
    if (values.help) return undefined
    if (positionals.length < least || positionals.length > most) throw new WrongUse(say('cli.wrong.words', { usage: command.usage }))
    return { command, words: positionals, values: values as Values }
  } catch (cause) {
    if (cause instanceof WrongUse) throw cause
    throw new WrongUse(say('cli.wrong.words', { usage: command.usage }))
  }
}

/** How a failed command ends: the wallet's own failure, or the exit code of a sentence. A bug is thrown on. */
function endOf(cause: unknown): FailureEnvelope | number {
  if (cause instanceof Refusal) return cause.failure
  if (cause instanceof Fault) return { ok: false, kind: 'fault', code: cause.code, reference: '' }
  if (cause instanceof WrongUse) return exitCodes.usage
  if (cause instanceof NotDone) return exitCodes.declined
  if (cause instanceof Unusable) return exitCodes.fault
  throw cause
}

/** Why a wallet that says that it is locked cannot be unlocked either: it was never made, or its file cannot be read. */
async function whyClosed(wallet: ReachedWallet, locale: AppLocale): Promise<Error | undefined> {
  const told = await wallet.call('app.state', {})
  if (!told.ok) return undefined
  // The wallet's dispatch has parsed the answer by the method's own contract.
  const { phase, unreadable } = told.value as AppState
  if (phase === 'first_run') return new Unusable(formatMessage(locale, 'cli.noWallet'))
  if (unreadable === null) return undefined
  const code = unreadable.code === 'vault_damaged' ? 'database_damaged' : unreadable.code
  return new Refusal({ ok: false, kind: 'fault', code, reference: '' })
}

/**
 * Runs one command line of `okpay`.
 * @param reach connects to the wallet that runs on the data folder, or opens it; called only for commands that need one.
 * @returns the exit code: see `exitCodes`.
 */
export async function run(
  args: readonly string[],
  streams: Streams,
  reach: (options: ReachOptions) => Promise<ReachedWallet>,
): Promise<number> {
  const locale = localeOf(args)
  const say = (key: MessageKey, values: Record<string, string | number> = {}) => formatMessage(locale, key, values)
  let wallet: ReachedWallet | undefined
  let isJson = args.includes('--json')
  try {
    const parsed = parse(args, say)
    if (!parsed) {
      streams.out(helpText(Object.values(commands), say))
      return exitCodes.done
    }
    const { command, words, values } = parsed
    isJson = values['json'] === true
    if (command.needsWallet)
      wallet = await reach({
        locale,
        dataDir: textOf(values['data-dir']),
        passwordFile: textOf(values['password-file']),
        staysLocked: command.staysLocked ?? false,
      })
    const passwordFile = textOf(values['password-file'])
    await command.run(terminalOn(wallet, { locale, passwordFile }, isJson, streams), words, values)
    return exitCodes.done
  } catch (cause) {
    const ended = endOf(cause)
    if (typeof ended !== 'object') {
      streams.err(cause instanceof Error ? cause.message : '')
      return ended
    }
    if (isJson) streams.out(jsonText(ended))
    else streams.err(tell(locale, ended))
    return ended.kind === 'decline' ? exitCodes.declined : exitCodes.fault
  } finally {
    await wallet?.close()
  }
}

function terminalOn(wallet: ReachedWallet | undefined, source: PasswordSource, isJson: boolean, streams: Streams): Terminal {
  const { locale } = source
  const callRaw = async (method: string, input: unknown): Promise<unknown> => {
    if (!wallet) throw new Error('this command has no wallet')
    const envelope = await wallet.call(method, input)
    if (envelope.ok) return envelope.value
    const isClosed = envelope.kind === 'decline' && envelope.code === 'wallet_locked'
    throw (isClosed ? await whyClosed(wallet, locale) : undefined) ?? new Refusal(envelope)
  }
  return {
    locale,
    isJson,
    // The wallet's dispatch has parsed the answer by the method's own contract.
    call: async (method, input) => (await callRaw(method, input)) as never,
    callRaw,
    print: text => streams.out(text),
    note: text => streams.err(text),
    say: (key, values = {}) => formatMessage(locale, key, values),
    ask: askLine,
    askSecret,
    appPassword: () => appPassword(source),
    makeId: () => uuidV7(Date.now(), randomBytes(10)),
    now: () => new Date(),
  }
}
