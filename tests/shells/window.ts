import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EventName, Events } from '#contracts/bridge/events.ts'
import type { DrawFirstScreen } from '#contracts/bridge/firstScreen.ts'
import { startLoopback } from '#main/shells/loopback/server.ts'
import { emptyFolder } from './folder.ts'

/** What a file outside of the window's folder holds: it must never be served. */
export const outsideSecret = 'outside of the window'

type Listener = <E extends EventName>(event: E, payload: Events[E]) => void

/** A loopback shell on a small built window, over a wallet that answers every call with what it was asked. */
export async function openLoopback(drawFirstScreen: DrawFirstScreen = async () => undefined) {
  const folder = emptyFolder()
  const page = join(folder, 'renderer')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.json'), outsideSecret)
  writeFileSync(
    join(page, 'index.html'),
    '<!doctype html><html lang="en" data-theme="system"><script src="./early.js"></script><script type="module" crossorigin src="./assets/index-Ab12_-cd.js"></script><title>OKPAY</title><div id="root"></div>',
  )
  writeFileSync(join(page, 'assets', 'index-Ab12_-cd.js'), 'window.okay = true')
  writeFileSync(join(page, 'notes.txt'), 'a kind of file that is not shipped')
  symlinkSync(join(folder, 'secret.json'), join(page, 'linked.json'))
  const listeners = new Set<Listener>()
  const acted = { times: 0 }
  const server = await startLoopback({
    wallet: {
      dispatch: async (method, input, caller) => ({ ok: true, value: { method, input, caller } }),
      onEvent: listener => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      personActed: () => {
        acted.times += 1
      },
    },
    page,
    drawFirstScreen: async () => drawFirstScreen,
    closedDoor: () => 'used',
  })
  onTestFinished(server.close)
  const origin = `http://127.0.0.1:${server.port}`
  const enter = async () => {
    const entered = await fetch(server.launchUrl(), { redirect: 'manual' })
    return (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  }
  return { server, origin, enter, listeners, acted }
}

export type RawAnswer = { readonly status: number; readonly text: string; readonly sentBytes: number }

/**
 * Speaks HTTP by hand: sends the head, then `flood` bytes of body, as far as the other side takes them.
 * @returns the status (0 where it closed without a word), everything that came back, and how much went out.
 */
export function sendRaw(port: number, head: string, flood = 0): Promise<RawAnswer> {
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    const block = Buffer.alloc(64 * 1024)
    const pour = () => {
      while (socket.writable && socket.bytesWritten < flood) if (!socket.write(block)) return
    }
    socket.on('connect', () => {
      socket.write(head)
      pour()
    })
    socket.on('drain', pour)
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, sentBytes: socket.bytesWritten }))
  })
}
