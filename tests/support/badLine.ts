import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type FeedPage, feedPage } from '#contracts/service/feed.ts'

/** What the line does to every answer. */
export type Mood =
  | { readonly is: 'good' }
  /** Every answer comes so much later. */
  | { readonly is: 'slow'; readonly ms: number }
  /** Somebody else answers, as the page of a hotel's network does. */
  | { readonly is: 'garbage' }
  /** Answers end in their middle. */
  | { readonly is: 'cut' }
  /** More than anybody should read. */
  | { readonly is: 'endless' }
  /** What was asked is done, and the answer is lost. */
  | { readonly is: 'mute' }
  /** The service's clock is off by so much. */
  | { readonly is: 'clock'; readonly ms: number }
  /** What the feed tells is not what the service told. */
  | { readonly is: 'lies'; readonly page: (page: FeedPage) => FeedPage }

export type BadLine = {
  readonly url: string
  becomes(mood: Mood): void
  /** How often the command of this id reached the service. */
  sent(id: string): number
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function withClock(text: string, ms: number): string {
  const answer: unknown = JSON.parse(text)
  if (typeof answer !== 'object' || answer === null || !('now' in answer)) return text
  return JSON.stringify({ ...answer, now: new Date(Date.parse(String(answer.now)) + ms).toISOString() })
}

function answerIn(mood: Mood, status: number, text: string, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' }
  if (mood.is === 'mute') response.destroy()
  else if (mood.is === 'garbage') response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the harbour hotel</h1>')
  else if (mood.is === 'cut') response.writeHead(status, json).end(text.slice(0, Math.floor(text.length / 2)))
  else if (mood.is === 'endless') response.writeHead(status, json).end(`{"now":"${'9'.repeat(9 * 1024 * 1024)}"}`)
  else response.writeHead(status, json).end(mood.is === 'clock' ? withClock(text, mood.ms) : text)
}

/** A line to a service that can be as bad as one wishes. Sockets pass only while it is good. */
export async function badLine(target: string): Promise<BadLine> {
  let mood: Mood = { is: 'good' }
  const commands: string[] = []
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(request)
      const now = mood
      const { authorization } = request.headers
      if (now.is === 'slow') await wait(now.ms)
      const isCommand = request.url === '/v1/commands'
      const answer = await fetch(target + request.url, {
        method: request.method ?? 'GET',
        headers: { ...(authorization ? { authorization } : {}), ...(body.length > 0 ? { 'content-type': 'application/json' } : {}) },
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      })
      if (isCommand) commands.push(String(JSON.parse(body.toString()).id))
      const told = await answer.text()
      const isLie = now.is === 'lies' && answer.ok && request.url?.startsWith('/v1/feed')
      answerIn(now, answer.status, isLie ? JSON.stringify(now.page(feedPage.parse(JSON.parse(told)))) : told, response)
    }
    pass().catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => {
    const { hostname, port } = new URL(target)
    const onward = connect(Number(port), hostname)
    const end = () => {
      socket.destroy()
      onward.destroy()
    }
    for (const side of [socket, onward]) side.on('error', end).on('close', end)
    if (mood.is !== 'good') return end()
    const lines = request.rawHeaders.flatMap((word, index, all) => (index % 2 === 0 ? [`${word}: ${all[index + 1]}`] : []))
    onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return {
    url: `http://127.0.0.1:${address.port}`,
    becomes: next => {
      mood = next
      if (next.is !== 'good') server.closeAllConnections()
    },
    sent: id => commands.filter(command => command === id).length,
  }
}
