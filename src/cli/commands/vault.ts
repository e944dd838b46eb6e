import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command, Terminal } from '../command.ts'
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
  return hasPassword ? secret(terminal, terminal.say('cli.password')) : null
}

/** A new one, typed twice. */
async function newPassword(terminal: Terminal): Promise<string> {
  const typed = await secret(terminal, terminal.say('cli.vault.newPassword'))
  if ((await secret(terminal, terminal.say('cli.vault.repeat'))) !== typed) throw new WrongUse(terminal.say('start.repeatProblem'))
  return typed
}

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

type Act = (terminal: Terminal, file: string | undefined) => Promise<void>

const acts: Readonly<Record<string, Act>> = {
  show,
  async password(terminal) {
    await terminal.call('vault.changePassword', { current: await currentPassword(terminal), next: await newPassword(terminal) })
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
  usage: 'vault [show | password | kit FILE | rotate-key]',
  about: 'cli.about.vault',
  options: {},
  words: [0, 2],
  needsWallet: true,
  async run(terminal, [act = 'show', file]) {
    const run = Object.hasOwn(acts, act) ? acts[act] : undefined
    if (!run || (file !== undefined && act !== 'kit')) throw new WrongUse(terminal.say('cli.wrong.words', { usage: vault.usage }))
    await run(terminal, file)
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
  usage: 'recover FILE',
  about: 'cli.about.recover',
  options: {},
  words: [1, 1],
  needsWallet: true,
  staysLocked: true,
  async run(terminal, [file = '']) {
    const words = readKit(terminal, file)
    const state = await terminal.call('app.recover', { words, password: await newPassword(terminal) })
    terminal.print(terminal.isJson ? jsonText({ phase: state.phase }) : terminal.say('cli.vault.recovered'))
  },
}
