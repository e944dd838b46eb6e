import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { methodNames } from '#contracts/bridge/index.ts'
import { createVouchedAddresses } from '#main/shells/electron/vouched.ts'
import { methods } from '#preload/methods.ts'
import { callsOf, FakeWindow } from './fakeElectron.ts'

vi.mock('electron', async () => (await import('./fakeElectron.ts')).fake.module)

const builtPath = join(import.meta.dirname, '../../out/preload/index.cjs')

/** Electron as a preload sees it; `exposed` is what the page gets. */
function page() {
  const exposed: Record<string, Record<string, (...args: unknown[]) => unknown>> = {}
  const invoked: unknown[][] = []
  const renderer = Object.assign(new EventEmitter(), {
    invoke: async (...args: unknown[]) => {
      invoked.push(args)
      return 'answer'
    },
  })
  const contextBridge = { exposeInMainWorld: (name: string, bridge: object) => Object.assign(exposed, { [name]: bridge }) }
  return { exposed, invoked, renderer, electron: { contextBridge, ipcRenderer: renderer } }
}

test('the methods of the preload are those of the contract', () => {
  expect(methods).toEqual(methodNames)
})

describe.skipIf(!existsSync(builtPath))('the built preload (skipped before the first build)', () => {
  const source = () => readFileSync(builtPath, 'utf8')

  /** Runs it where there is nothing but Electron, as the sandbox does. */
  function load() {
    const { electron, ...rest } = page()
    const required: string[] = []
    const require = (name: string) => {
      required.push(name)
      return name === 'electron' ? electron : undefined
    }
    runInNewContext(source(), { require, exports: {}, module: { exports: {} } })
    return { ...rest, required }
  }

  test('is one small CommonJS file that needs Electron alone', () => {
    expect(load().required).toEqual(['electron'])
    expect(source()).not.toMatch(/\bimport\s*[({'"]/)
    expect(source().length).toBeLessThan(10_000)
  })

  test('gives the page one function a method, one to listen, and nothing else', async () => {
    const { exposed, invoked } = load()
    expect(Object.keys(exposed)).toEqual(['okpay'])
    expect(Object.keys(exposed['okpay'] ?? {}).sort()).toEqual([...methodNames, 'onEvent'].sort())
    expect(await exposed['okpay']?.['app.state']?.({ a: 1 }, 'more')).toBe('answer')
    expect(invoked).toEqual([['app.state', { a: 1 }]])
  })

  test('hears what the wallet tells, on the same channel, without the event of Electron', async () => {
    const { tellEvents } = await import('#main/shells/electron/ipc.ts')
    const { exposed, renderer } = load()
    const heard: unknown[][] = []
    exposed['okpay']?.['onEvent']?.((...told: unknown[]) => heard.push(told))
    const window = new FakeWindow({})
    const wallet = { onEvent: (listener: (event: string, payload: unknown) => void) => listener('link.opened', { text: 'x' }) }
    tellEvents(wallet as never, () => window as never, createVouchedAddresses())
    const [channel, ...told] = callsOf('contents.send').at(-1) ?? []
    renderer.emit(String(channel), { sender: 'the event of Electron' }, ...told)
    expect(heard).toEqual([['link.opened', { text: 'x' }]])
  })
})
