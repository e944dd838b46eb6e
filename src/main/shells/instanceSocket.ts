import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { z } from 'zod'
import { type Envelope, failureEnvelope } from '#contracts/wire/envelope.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Wallet } from '../ports.ts'
import { instancePath } from './instancePath.ts'
import { jsonLines } from './jsonLines.ts'

/** A second start asks the first one to show itself; `link` is what the system gave it to open. */
const showMethod = 'shell.show'

const largestLineBytes = 8_000_000
const mostConnections = 32
const mostCallsAtOnce = 64

const request = z.strictObject({ id: z.string().max(100), method: z.string().max(100), input: z.unknown() })
const showInput = z.strictObject({ link: z.string().max(2000).nullable() })
const answer = z.object({ id: z.string(), envelope: z.union([z.object({ ok: z.literal(true), value: z.unknown() }), failureEnvelope]) })

const shown = z.object({ url: z.string().nullable() })
/** What the first start says of itself; `url` opens another window and is null where the shell opens its own. */
export type Shown = z.infer<typeof shown>

export type InstanceHost = {
  readonly wallet: Pick<Wallet, 'dispatch'>
  readonly show: (link: string | null) => Promise<Shown>
}

export type InstanceServer = { readonly close: () => Promise<void> }

/**
 * Listens for terminals and second starts of the same user: an owner-only socket in the owner-only data folder. Call it with the folder's lock
 * held: whatever lies at the path is then left over from a process that is gone.
 */
export async function serveInstance(dataDir: string, host: InstanceHost): Promise<InstanceServer> {
  const path = instancePath(dataDir)
  const isFile = process.platform !== 'win32'
  if (isFile) rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    attend(socket, host)
  })
  server.maxConnections = mostConnections
  await listen(server, path)
  if (isFile) chmodSync(path, 0o600)
  return {
    close: () =>
      new Promise(done => {
        server.close(() => done())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Made owner-only from its first moment: the permissions of a socket are those that the mask leaves. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    const mask = process.platform === 'win32' ? undefined : process.umask(0o177)
    server.once('error', fail)
    server.listen(path, () => done())
    if (mask !== undefined) process.umask(mask)
  })
}

function attend(socket: Socket, host: InstanceHost): void {
  let calls = 0
  const lines = jsonLines(socket, largestLineBytes, value => {
    const asked = request.safeParse(value)
    if (!asked.success || calls >= mostCallsAtOnce) {
      socket.destroy()
      return
    }
    calls += 1
    void answerTo(asked.data.method, asked.data.input, host).then(envelope => {
      calls -= 1
      lines.send({ id: asked.data.id, envelope })
    })
  })
}

async function answerTo(method: string, input: unknown, host: InstanceHost): Promise<Envelope<unknown>> {
  if (method !== showMethod) return host.wallet.dispatch(method, input, { shell: 'terminal' })
  const asked = showInput.safeParse(input)
  if (!asked.success) return { ok: false, kind: 'decline', code: 'input_invalid', detail: {} }
  return { ok: true, value: await host.show(asked.data.link) }
}

export type InstanceClient = {
  /** Asks the running wallet as its owner's terminal. Throws the fault service_offline where it ended before it answered. */
  readonly call: (method: string, input: unknown) => Promise<Envelope<unknown>>
  readonly close: () => void
}

/** Connects to the wallet that runs on this folder; undefined where none listens. */
export async function connectInstance(dataDir: string): Promise<InstanceClient | undefined> {
  const socket = await reach(instancePath(dataDir))
  if (!socket) return undefined
  const waiting = new Map<string, { done: (envelope: Envelope<unknown>) => void; fail: (fault: Fault) => void }>()
  let calls = 0
  const lines = jsonLines(socket, largestLineBytes, value => {
    const told = answer.safeParse(value)
    if (!told.success) return
    waiting.get(told.data.id)?.done(told.data.envelope)
    waiting.delete(told.data.id)
  })
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Fault('service_offline'))
    waiting.clear()
  })
  return {
    call: (method, input) =>
      new Promise((done, fail) => {
        if (socket.destroyed) return fail(new Fault('service_offline'))
        calls += 1
        const id = String(calls)
        waiting.set(id, { done, fail })
        lines.send({ id, method, input })
      }),
    close: () => socket.end(),
  }
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise(done => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      socket.on('error', () => socket.destroy())
      done(socket)
    })
    socket.once('error', () => done(undefined))
  })
}

/** A wallet that is starting listens within this time. */
const listensWithinMs = 15_000
const betweenTriesMs = 200

/** Asks the wallet that holds this folder to show itself, waiting while it is still starting; undefined where it never listens. */
export async function showRunning(dataDir: string, link: string | null, patienceMs = listensWithinMs): Promise<Shown | undefined> {
  const giveUpAt = performance.now() + patienceMs
  while (performance.now() < giveUpAt) {
    const client = await connectInstance(dataDir)
    if (client) {
      const envelope = await client.call(showMethod, { link }).catch(() => undefined)
      client.close()
      const told = envelope?.ok ? shown.safeParse(envelope.value) : undefined
      if (told?.success) return told.data
    }
    await new Promise(done => setTimeout(done, betweenTriesMs))
  }
  return undefined
}
