import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '../..')
const readyWithinMs = 60_000
const endsWithinMs = 10_000

export type AppOptions = {
  /** Where its data lies; a new folder where none is named, removed at the end. */
  readonly dataDir?: string
  /** Language of the system that it starts on. */
  readonly locale: string
  readonly env?: Readonly<Record<string, string>>
}

/** What can be done beside an app that runs on a folder of data. */
export type BesideApp = {
  readonly dataDir: string
  /** Where the embedded service listens, and the token of its operator. */
  readonly service: () => Promise<{ readonly url: string; readonly token: string }>
  /** Runs `okpay-service COMMAND ...` as its operator does beside it. */
  readonly operate: (...args: readonly string[]) => Promise<Finished>
  /** Runs `okpay COMMAND ...` on the same data. */
  readonly terminal: (...args: readonly string[]) => Promise<Finished>
  /** Starts a second time on the same data, which shows the first and gives the address of another window. */
  readonly windowAddress: () => Promise<string>
}

/** The built app, running as a person starts it, without a window of its own. */
export type RunningApp = BesideApp & {
  /** The address with the one-use token that it printed. */
  readonly url: string
  readonly pid: number
  /** What it has said so far. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** The environment of a fresh system in that language, without what the person who runs the tests has set for OKPAY. */
export const systemEnv = (locale: string, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
  const language = `${locale.replace('-', '_')}.UTF-8`
  const { OKPAY_SERVICE_URL: _service, OKPAY_SMTP_URL: _smtp, DBUS_SESSION_BUS_ADDRESS: _bus, ...rest } = process.env
  return {
    ...rest,
    LANG: language,
    LC_ALL: language,
    OKPAY_NO_OPEN: '1',
    OKPAY_FETCH_RATES: '0',
    OKPAY_SHELL: 'loopback',
    NO_COLOR: '1',
    ...extra,
  }
}

function finish(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise(done => {
    execFile(
      process.execPath,
      [join(root, 'scripts', script), ...args],
      { env, cwd: root, timeout: readyWithinMs },
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
      },
    )
  })
}

const readyLine = /^OKPAY (?:ready|is already running): (\S+)$/m

/** A home of its own, so that what is exported lands in the test's folder. */
export const homeIn = (folder: string, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  HOME: join(folder, 'home'),
  USERPROFILE: join(folder, 'home'),
  ...env,
})

/** The commands that people run beside the app, on its data. */
export const beside = (dataDir: string, env: NodeJS.ProcessEnv): BesideApp => ({
  dataDir,
  service: () => operatorFile(join(dataDir, 'service', 'operator.json')),
  operate: (...args) => finish('okpay-service.mjs', args, { ...env, OKPAY_DATA_DIR: dataDir }),
  terminal: (...args) => finish('okpay.mjs', ['--data-dir', dataDir, ...args], env),
  windowAddress: async () => {
    const second = await finish('start.mjs', ['--data-dir', dataDir], env)
    const address = readyLine.exec(second.stdout)?.[1]
    if (address === undefined) throw new Error(`the second start gave no address:\n${second.stdout}${second.stderr}`)
    return address
  },
})

/** Starts the app by the command that people use, and waits for its ready line. */
export async function startApp({ dataDir, locale, env: extra = {} }: AppOptions): Promise<RunningApp> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'okpay-e2e-'))
  const env = systemEnv(locale, homeIn(folder, extra))
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--data-dir', folder], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (chunk: Buffer) => {
    said += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const url = await readyUrl(child, () => said)
  return {
    ...beside(folder, env),
    url,
    pid: child.pid ?? 0,
    said: () => said,
    stop: async () => {
      await end(child)
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function readyUrl(child: ChildProcess, said: () => string): Promise<string> {
  for (const startedAt = performance.now(); performance.now() - startedAt < readyWithinMs; await wait(50)) {
    const url = readyLine.exec(said())?.[1]
    if (url !== undefined) return url
    if (child.exitCode !== null) break
  }
  child.kill('SIGKILL')
  throw new Error(`the app did not get ready; it said:\n${said()}`)
}

async function operatorFile(path: string): Promise<{ url: string; token: string }> {
  for (const startedAt = performance.now(); performance.now() - startedAt < readyWithinMs; await wait(50)) {
    const found = readOperator(path)
    if (found) return found
  }
  throw new Error(`${path} did not appear`)
}

function readOperator(path: string): { url: string; token: string } | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof found !== 'object' || found === null || !('url' in found) || !('token' in found)) return undefined
    return { url: String(found.url), token: String(found.token) }
  } catch {
    return undefined
  }
}

/** Ends the app as Ctrl-C does; what does not end by itself is killed and told. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(done => child.once('exit', done))
  child.kill('SIGTERM')
  const late = await Promise.race([ended.then(() => false), wait(endsWithinMs, true, { ref: false })])
  if (!late) return
  child.kill('SIGKILL')
  throw new Error(`the app did not end within ${endsWithinMs} ms of SIGTERM`)
}
