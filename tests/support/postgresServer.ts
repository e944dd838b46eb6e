import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openServiceStore } from '#storage/postgres/service/index.ts'
import { run } from './process.ts'

/** A real PostgreSQL on a free port of the loopback, in a folder of its own, with every commit on disk. */
export type PostgresServer = {
  readonly password: string
  /** Its own address of a database of this server. */
  url(database: string): string
  /** A fresh database with the newest schema of the service. */
  database(): Promise<string>
  /** A fresh database with nothing in it. */
  emptyDatabase(): Promise<string>
  /** Runs one statement as the server's owner. */
  query(url: string, sql: string): Promise<readonly Record<string, unknown>[]>
  /** Ends it at once, as a crash does; `start` brings it back on the same port with what was committed. */
  crash(): Promise<void>
  /** Kill -9 of it and of every process that it has, none of which can do anything any more. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** After a crash it looks at every file before it lets anybody in. */
const patienceMs = 60_000

type Program = (name: string, ...args: readonly string[]) => [program: string, args: string[]]

/** PostgreSQL refuses to run as root: then it is run as the user that its package made. */
function asItsUser(folder: string, bin: string): Program {
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })), -1)
  return (name, ...args) => {
    const path = join(bin, name)
    return isRoot ? ['setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', path, ...args]] : [path, [...args]]
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** One statement on a connection of its own. */
async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function makeCluster(program: Program, folder: string, password: string): Promise<void> {
  writeFileSync(join(folder, 'password'), password, { mode: 0o644 })
  const words = [
    '-U',
    'okpay',
    '--auth=scram-sha-256',
    `--pwfile=${join(folder, 'password')}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  const { code, stderr } = await run(...program('initdb', '-D', join(folder, 'data'), ...words))
  if (code !== 0) throw new Error(`initdb: ${stderr}`)
}

async function startServer(program: Program, folder: string, port: number): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'shared_buffers=32MB',
    'deadlock_timeout=100ms',
    'max_connections=120',
  ]
  const child = spawn(...program('postgres', '-D', join(folder, 'data'), ...settings.flatMap(setting => ['-c', setting])), {
    stdio: 'ignore',
  })
  return child
}

async function untilReady(url: string): Promise<void> {
  for (const end = Date.now() + patienceMs; ; await pause(50))
    try {
      await ask(url, 'SELECT 1')
      return
    } catch (error) {
      if (Date.now() > end) throw error
    }
}

/** Those that a process has started. Linux only: it reads /proc. */
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** A process that nobody has asked about yet stays in the list, and does nothing. */
function isGone(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** Stopped first, it starts no other while its children are counted. */
async function killWithChildren(server: ChildProcess): Promise<void> {
  const { pid } = server
  if (pid === undefined || server.exitCode !== null) return
  const gone = once(server, 'exit')
  process.kill(pid, 'SIGSTOP')
  const all = [...childrenOf(pid), pid]
  for (const one of all) process.kill(one, 'SIGKILL')
  await gone
  while (!all.every(isGone)) await pause(5)
}

/** Starts one. `pgCtl`: the path of its `pg_ctl`, beside which its other programs are. */
export async function startPostgres(pgCtl: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'okpay-postgres-'))
  const found = execFileSync('readlink', ['-f', pgCtl], { encoding: 'utf8' }).trim()
  const program = asItsUser(folder, dirname(found))
  const password = `never-tell-${randomBytes(6).toString('hex')}`
  const port = await freePort()
  const url = (database: string): string => `postgres://okpay:${password}@127.0.0.1:${port}/${database}`
  const owner = url('postgres')
  await makeCluster(program, folder, password)
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    server = await startServer(program, folder, port)
    await untilReady(owner)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const child = server
    server = undefined
    if (!child || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  let databases = 0
  const create = async (like: string): Promise<string> => {
    databases += 1
    await ask(owner, `CREATE DATABASE okpay_${databases} ${like}`)
    return url(`okpay_${databases}`)
  }
  let template: Promise<void> | undefined
  const makeTemplate = async (): Promise<void> => {
    await ask(owner, 'CREATE DATABASE okpay_template')
    const store = await openServiceStore({ url: url('okpay_template') })
    await store.close()
  }
  await start()
  return {
    password,
    url,
    database: async () => {
      template ??= makeTemplate()
      await template
      return create('TEMPLATE okpay_template')
    },
    emptyDatabase: () => create(''),
    query: ask,
    // SIGQUIT is PostgreSQL's immediate shutdown: nothing is written any more, and the next start recovers from the log.
    crash: () => end('SIGQUIT'),
    kill: async () => {
      if (server) await killWithChildren(server)
      server = undefined
    },
    start,
    stop: async () => {
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
