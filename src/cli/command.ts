import type { ParseArgsOptionsConfig } from 'node:util'
import type { InputOf, MethodName, OutputOf } from '#contracts/bridge/index.ts'
import type { MessageValues } from '#locales/format.ts'
import type { AppLocale, MessageKey } from '#locales/index.ts'

/** What a command may do with the outside: ask the wallet, print, ask the person. */
export type Terminal = {
  readonly locale: AppLocale
  readonly isJson: boolean
  /** Throws `Refusal` where the wallet answers with a failure. */
  call<N extends MethodName>(method: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** Any method by name, unparsed: for `okpay call`. */
  callRaw(method: string, input: unknown): Promise<unknown>
  print(text: string): void
  /** On stderr, so that what is piped stays clean. */
  note(text: string): void
  say(key: MessageKey, values?: MessageValues): string
  /** A line typed by the person; undefined where nobody can type. */
  ask(question: string): Promise<string | undefined>
  /** The same for a secret: what is typed is not shown. */
  askSecret(question: string): Promise<string | undefined>
  /** The app password, from `--password-file` or typed. Throws `WrongUse` where there is none. */
  appPassword(): Promise<string>
  makeId(): string
  now(): Date
}

export type Values = Readonly<Record<string, string | boolean | undefined>>

/** One word of the command line. `usage` is printed by `okpay help`; its words stand in locales/cli. */
export type Command = {
  readonly usage: string
  readonly about: MessageKey
  readonly options: ParseArgsOptionsConfig
  /** How many words may follow: [least, most]. */
  readonly words: readonly [number, number]
  /** False where the command answers without a wallet. */
  readonly needsWallet: boolean
  /** True where the command asks a locked wallet: it is not unlocked first. */
  readonly staysLocked?: boolean
  run(terminal: Terminal, words: readonly string[], values: Values): Promise<void>
}
