import { parseArgs } from 'node:util'
import { Fault } from '#core/failure/faults.ts'
import { toFault } from '#storage/sqlite/faults.ts'
import { runAlone } from './alone.ts'
import { listAudit, verifyAudit } from './audit.ts'
import { backUp, restore } from './backup.ts'
import { type Place, writeBook } from './book.ts'
import { parentChannel, runEmbedded } from './embedded.ts'
import { Ending, type ExitCode, exitCodes } from './exit.ts'
import { serviceFolder } from './folders.ts'
import { identityCommands } from './identityCommands.ts'
import { lock, locks, unlock } from './lockCommands.ts'
import { createLog } from './log.ts'
import { migrateStore } from './migrateStore.ts'
import {
  answer,
  type Desk,
  importStatement,
  limitRequests,
  questions,
  refuseLimit,
  root,
  rotateKey,
  setLimit,
  waiting,
} from './operatorCommands.ts'
import { riskCommand } from './risk.ts'
import { secretOf } from './secrets.ts'
import { readDatabase, serviceConfig } from './settings.ts'
import { type Speech, sayFault, speak, terminalLocale } from './speech.ts'
import { verifyBook } from './verify.ts'

const options = {
  listen: { type: 'string' },
  data: { type: 'string' },
  database: { type: 'string' },
  sandbox: { type: 'boolean' },
  json: { type: 'boolean' },
  as: { type: 'string' },
  format: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

function readArguments(args: readonly string[], say: Speech) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    throw new Ending(exitCodes.wrongUse, `${say('wrongUse', { what: args.join(' ') })}\n\n${say('usage')}`)
  }
}

async function serve(
  folder: string,
  values: { listen?: string; sandbox?: boolean; database?: string },
  env: NodeJS.ProcessEnv,
  say: Speech,
): Promise<ExitCode> {
  const config = serviceConfig(values, env, say)
  const log = createLog(line => process.stderr.write(line), env['OKPAY_LOG'] === 'requests')
  // Who gives the key or the database by itself is no wallet.
  const isAlone = config.databaseUrl !== null || env['OKPAY_DATABASE_KEY'] || env['OKPAY_DATABASE_KEY_FILE']
  const channel = isAlone ? undefined : parentChannel()
  if (channel) await runEmbedded(channel, folder, config, log)
  else await runAlone(folder, config, log, env, say)
  return exitCodes.done
}

/** The commands that open the book themselves; undefined where it is none of them. */
function ofBook(
  [command, file = '', ...more]: readonly string[],
  values: { json?: boolean; format?: string; from?: string; to?: string },
  place: () => Place,
): Promise<ExitCode> | undefined {
  if (command === 'book' && file === '') return writeBook(place(), values, process.stdout)
  if (command === 'audit' && file === 'list' && more.length === 0) return listAudit(place(), values.json === true)
  if (command === 'audit' && file === 'verify' && more.length === 0) return verifyAudit(place(), values.json === true)
  if (command === 'verify' && file === '') return verifyBook(place(), values.json === true)
  if (command === 'backup' && file !== '' && more.length === 0) return backUp(place(), file)
  if (command === 'restore' && file !== '' && more.length === 0) return restore(place(), file)
  return undefined
}

/** The operator's commands, by their words; undefined where it is none of them. */
function operate(desk: Desk, words: readonly string[]): Promise<ExitCode> | undefined {
  const [command, first = '', second = '', third = '', fourth = ''] = words
  const count = words.length - 1
  if (command === 'import-statement' && count === 1) return importStatement(desk, first)
  if (command === 'waiting' && count === 0) return waiting(desk)
  if (command === 'lock' && count === 2) return lock(desk, first, second)
  if (command === 'unlock' && count === 1) return unlock(desk, first)
  if (command === 'locks' && count === 1) return locks(desk, first)
  if (command === 'set-limit' && count >= 4) return setLimit(desk, first, second, [third.toUpperCase(), fourth], words.slice(5).join(' '))
  if (command === 'refuse-limit' && count >= 3) return refuseLimit(desk, first, second, words.slice(3).join(' '))
  if (command === 'limit-requests' && count === 0) return limitRequests(desk)
  if (command === 'risk') return riskCommand(desk, words.slice(1))
  if (command === 'identity') return identityCommands(desk, words.slice(1))
  if (command === 'questions' && count === 0) return questions(desk)
  if (command === 'root' && count === 0) return root(desk)
  if (command === 'rotate-key' && count === 0) return rotateKey(desk)
  if (command === 'answer' && count >= 2) return answer(desk, first, words.slice(2).join(' '))
  return undefined
}

/** Without the characters that steer a terminal or turn the direction of writing: people's own words are printed here. */
const printable = (text: string): string => text.replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')

async function run(args: readonly string[], env: NodeJS.ProcessEnv, say: Speech): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, say)
  const print = (line: string) => process.stdout.write(`${printable(line)}\n`)
  const [command] = positionals
  if (values.help || command === 'help') {
    print(say('usage'))
    return exitCodes.done
  }
  const folder = serviceFolder(values.data, env)
  if (command === 'serve' && positionals.length === 1) return serve(folder, values, env, say)
  const who = { as: values.as, token: secretOf(env, 'OKPAY_OPERATOR_TOKEN', say) }
  const desk: Desk = { folder, json: values.json === true, say, locale: terminalLocale(env), ...who, print }
  if (command === 'migrate-store' && positionals.length === 1 && values.from && values.to)
    return migrateStore({ env, say, print }, { from: values.from, to: values.to }, values.json === true)
  const done =
    operate(desk, positionals) ??
    ofBook(positionals, values, () => ({ folder, databaseUrl: readDatabase(values.database, env, say), env, say, print }))
  if (!done)
    throw new Ending(
      exitCodes.wrongUse,
      command === undefined ? say('usage') : `${say('wrongUse', { what: positionals.join(' ') })}\n\n${say('usage')}`,
    )
  return done
}

/** `okpay-service`: runs the service, or speaks to the one that runs. Ends the process with its exit code. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const say = speak(process.env)
  try {
    process.exitCode = await run(args, process.env, say)
  } catch (error) {
    const known = toFault(error)
    const fault = known instanceof Fault ? known : new Fault('unexpected', { cause: error })
    process.stderr.write(`${error instanceof Ending ? error.message : sayFault(terminalLocale(process.env), fault.code)}\n`)
    process.exitCode = error instanceof Ending ? error.exitCode : exitCodes.fault
  }
  // An open channel or an idle connection would keep the process; what was said is written first.
  process.stdout.write('', () => process.exit())
}
