import { type FeedPage, feedPage } from '#contracts/service/feed.ts'
import type { Network, NudgeSocket } from '#main/ports.ts'
import { systemNetwork } from '#main/sync/network.ts'

/** A real network that can be as bad as one wishes. */
export type TestNetwork = Network & {
  /** The next command never reaches the service. */
  losesTheNextRequest(): void
  /** The next command is done by the service, and its answer never comes back. */
  losesTheNextAnswer(): void
  /** The next command reaches the service twice. */
  doublesTheNextRequest(): void
  /** Every command takes so much longer. */
  delaysCommandsBy(ms: number): void
  /** Somebody between wallet and service changes what the feed tells; undefined: nobody does any more. */
  tellsOtherwise(lie: ((page: FeedPage) => FeedPage) | undefined): void
  /** As `tellsOtherwise`, for any other answer of this path. */
  answersOtherwise(path: string, lie: (answer: unknown) => unknown): void
  goesOffline(): void
  comesBack(): void
  /** The token that was sent last. */
  token(): string
  /** How many requests reached the service, by method and path. */
  readonly reached: Map<string, number>
}

/** Where what a device says is kept by the service. */
const changes: ReadonlySet<string> = new Set(['/v1/commands', '/v1/personal'])

type Mishap = 'lose_request' | 'lose_answer' | 'double'

export function testNetwork(): TestNetwork {
  const reached = new Map<string, number>()
  const sockets = new Set<NudgeSocket>()
  let mishap: Mishap | undefined
  let lie: ((page: FeedPage) => FeedPage) | undefined
  const lies = new Map<string, (answer: unknown) => unknown>()
  let isOffline = false
  let delayMs = 0
  let token = ''

  async function through(url: string, init: RequestInit): Promise<Response> {
    const key = `${init.method ?? 'GET'} ${new URL(url).pathname}`
    reached.set(key, (reached.get(key) ?? 0) + 1)
    token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? token
    return systemNetwork.fetch(url, init)
  }

  async function command(url: string, init: RequestInit): Promise<Response> {
    const happens = mishap
    mishap = undefined
    if (delayMs > 0) await new Promise(done => setTimeout(done, delayMs))
    if (happens === 'lose_request') throw new TypeError('fetch failed')
    if (happens === 'double') await (await through(url, init)).text()
    const answer = await through(url, init)
    if (happens !== 'lose_answer') return answer
    await answer.text()
    throw new TypeError('terminated')
  }

  return {
    reached,
    token: () => token,
    async fetch(url, init) {
      if (isOffline) throw new TypeError('fetch failed')
      const { pathname } = new URL(url)
      if (init.method === 'POST' && changes.has(pathname)) return command(url, init)
      const answer = await through(url, init)
      const other = lies.get(pathname)
      if (other && answer.ok) return new Response(JSON.stringify(other(await answer.json())), answer)
      if (pathname !== '/v1/feed' || !lie || !answer.ok) return answer
      return new Response(JSON.stringify(lie(feedPage.parse(await answer.json()))), answer)
    },
    socket(url, headers) {
      const socket = systemNetwork.socket(url, headers)
      sockets.add(socket)
      socket.onClose(() => sockets.delete(socket))
      if (isOffline) socket.close()
      return socket
    },
    losesTheNextRequest: () => {
      mishap = 'lose_request'
    },
    losesTheNextAnswer: () => {
      mishap = 'lose_answer'
    },
    doublesTheNextRequest: () => {
      mishap = 'double'
    },
    delaysCommandsBy: ms => {
      delayMs = ms
    },
    tellsOtherwise: next => {
      lie = next
    },
    answersOtherwise: (path, change) => void lies.set(path, change),
    goesOffline: () => {
      isOffline = true
      for (const socket of sockets) socket.close()
    },
    comesBack: () => {
      isOffline = false
    },
  }
}
