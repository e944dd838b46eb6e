import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { passwordIn } from '../appPassword.ts'
import type { Command, Terminal, Values } from '../command.ts'
import { WrongUse } from '../failure.ts'
import { jsonText } from '../safeText.ts'
import { pairs } from '../table.ts'

/** Typed without being shown. Nothing is asked of the wallet without it, so that no try is counted. */
async function secret(terminal: Terminal, question: string): Promise<string> {
  const typed = await terminal.askSecret(question)
  if (typed) return typed
  throw new WrongUse(terminal.say('cli.wrong.noPassword'))
}

/** The app password now; null where the keychain alone opens the wallet. */
async function currentPassword(terminal: Terminal): Promise<string | null> {
  const { hasPassword } = await terminal.call('app.state', {})
  return hasPassword ? terminal.appPassword() : null
}

/** A new one: from the file, else typed twice. */
async function newPassword(terminal: Terminal, file: Values[string]): Promise<string> {
  if (typeof file === 'string') return passwordIn(file, terminal.locale)
  const typed = await secret(terminal, terminal.say('cli.vault.newPassword'))
  if ((await secret(terminal, terminal.say('cli.vault.repeat'))) !== typed) throw new WrongUse(terminal.say('start.repeatProblem'))
  return typed
}

const newPasswordOption = { 'new-password-file': { type: 'string' } } as const

async function show(terminal: Terminal): Promise<void> {
  const { say } = terminal
  const state = await terminal.call('vault.state', {})
  if (terminal.isJson) return terminal.print(jsonText(state))
  const { kitMadeAt, databaseKeyAt, lockAfterMinutes } = state
  terminal.print(
    pairs([
      [say('vault.kitTitle'), kitMadeAt ?? say('vault.kitNone')],
      [say('vault.key'), databaseKeyAt ?? say('vault.keyFirst')],
      [say('vault.lock'), say(lockAfterMinutes === null ? 'vault.lock_never' : `vault.lock_${lockAfterMinutes}`)],
    ]),
  )
}

type Act = (terminal: Terminal, file: string | undefined, values: Values) => Promise<void>

const acts: Readonly<Record<string, Act>> = {
  show,
  async password(terminal, _file, values) {
    const current = await currentPassword(terminal)
    await terminal.call('vault.changePassword', { current, next: await newPassword(terminal, values['new-password-file']) })
    terminal.print(terminal.say('vault.passwordSaved'))
  },
  async kit(terminal, file) {
    if (file === undefined) throw new WrongUse(terminal.say('cli.wrong.words', { usage: vault.usage }))
    const path = resolve(file)
    if (existsSync(path)) throw new WrongUse(terminal.say('cli.backup.there', { path }))
    await terminal.call('vault.makeKit', { password: await currentPassword(terminal) })
    const saved = await terminal.call('vault.saveKit', { path })
    await terminal.call('vault.leaveKit', {})
    terminal.print(terminal.isJson ? jsonText(saved) : terminal.say('vault.kitSaved', { path: saved.path }))
  },
  async 'rotate-key'(terminal) {
    const state = await terminal.call('vault.rotateKey', { password: await currentPassword(terminal) })
    terminal.print(terminal.isJson ? jsonText(state) : terminal.say('vault.keyDone'))
  },
}

export const vault: Command = {
  usage: 'vault [show | password [--new-password-file FILE] | kit FILE | rotate-key]',
  about: 'cli.about.vault',
  options: newPasswordOption,
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [act = 'show', file], values) {
    const run = Object.hasOwn(acts, act) ? acts[act] : undefined
    if (!run || (file !== undefined && act !== 'kit')) throw new WrongUse(terminal.say('cli.wrong.words', { usage: vault.usage }))
    await run(terminal, file, values)
  },
}

function readKit(terminal: Terminal, file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch {
    throw new WrongUse(terminal.say('vault.recoverFileWrong'))
  }
}

/** Opens a locked wallet by its kit: for who has forgotten the app password, or lost the keychain. */
export const recover: Command = {
  usage: 'recover FILE [--new-password-file FILE]',
  about: 'cli.about.recover',
  options: newPasswordOption,
  words: [1, 1],
  needsWallet: true,
  staysLocked: true,
  async run(terminal, [file = ''], values) {
    const words = readKit(terminal, file)
    const state = await terminal.call('app.recover', { words, password: await newPassword(terminal, values['new-password-file']) })
    terminal.print(terminal.isJson ? jsonText({ phase: state.phase }) : terminal.say('cli.vault.recovered'))
  },
}
