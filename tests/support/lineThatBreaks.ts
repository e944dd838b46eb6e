import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A line to a PostgreSQL that, once told to, breaks wherever a change is to be committed: before the server hears of it, or before its answer comes back.
 * Reading goes on.
 */
export async function lineThatBreaks(url: string, when: 'before' | 'after') {
  const { port } = new URL(url)
  let isBroken = false
  const sockets: Socket[] = []
  const proxy = createServer(here => {
    const there = connect(Number(port), '127.0.0.1')
    sockets.push(here, there)
    for (const socket of [here, there]) socket.on('error', () => undefined)
    let isChange = false
    let isSilent = false
    here.on('data', data => {
      if (data.includes('BEGIN')) isChange = !data.includes('READ ONLY')
      const isEnd = isBroken && isChange && data.includes('COMMIT\0')
      if (isEnd && when === 'before') here.destroy()
      else there.write(data)
      if (isEnd) isSilent = true
    })
    there.on('data', data => (isSilent ? here.destroy() : here.write(data)))
    here.on('close', () => there.destroy())
    there.on('close', () => here.destroy())
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  return {
    url: url.replace(`:${port}/`, `:${own}/`),
    breaks: () => {
      isBroken = true
    },
    mends: () => {
      isBroken = false
    },
  }
}
