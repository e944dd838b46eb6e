import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createEmbeddedService, type ServiceProcess, type ToService } from '#main/sync/embeddedService.ts'

/** A service process that does only what the test says. */
function puppet() {
  const sent: ToService[] = []
  const exits: (() => void)[] = []
  let hear: (message: unknown) => void = () => undefined
  let isKilled = false
  const process: ServiceProcess = {
    send: message => void sent.push(message),
    onMessage: listener => {
      hear = listener
    },
    onExit: listener => void exits.push(listener),
    kill: () => {
      isKilled = true
      for (const exit of exits) exit()
    },
  }
  return {
    process,
    sent,
    says: (message: unknown) => hear(message),
    exits: () => {
      for (const exit of exits) exit()
    },
    isKilled: () => isKilled,
  }
}

function keeper() {
  const processes: ReturnType<typeof puppet>[] = []
  const reports: string[] = []
  const service = createEmbeddedService({
    spawn: () => {
      const fresh = puppet()
      processes.push(fresh)
      return fresh.process
    },
    now: Date.now,
    report: line => void reports.push(line),
  })
  const last = () => {
    const found = processes.at(-1)
    if (!found) throw new Error('no process was started')
    return found
  }
  return { service, processes, reports, last }
}

const listening = { type: 'listening', url: 'http://127.0.0.1:4000' }
const key = Uint8Array.from({ length: 32 }, (_, index) => index)
const keyText = Buffer.from(key).toString('base64')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the embedded service', () => {
  test('is sealed until the wallet gives its key, then online', async () => {
    const { service, last } = keeper()
    const started = service.start()
    expect(service.status()).toBe('starting')
    last().says(listening)
    await started
    expect(service.status()).toBe('sealed')
    expect(service.url()).toBe('http://127.0.0.1:4000')
    expect(last().sent).toEqual([])
    const opened = service.unseal(key)
    expect(last().sent).toEqual([{ type: 'unseal', key: keyText }])
    last().says({ type: 'ready', serviceId: 'S' })
    await opened
    expect(service.status()).toBe('online')
    expect(service.restartedAt()).toBeNull()
  })

  test('is started again after a crash, and given its key again', async () => {
    const { service, processes, last, reports } = keeper()
    const seen: string[] = []
    service.onChange(() => seen.push(service.status()))
    void service.start()
    last().says(listening)
    void service.unseal(key)
    last().says({ type: 'ready', serviceId: 'S' })
    last().exits()
    expect(service.status()).toBe('restarting')
    expect(service.url()).toBeUndefined()
    vi.advanceTimersByTime(250)
    expect(processes).toHaveLength(2)
    expect(service.restartedAt()).toBe(Date.now())
    last().says({ ...listening, url: 'http://127.0.0.1:4001' })
    expect(last().sent).toEqual([{ type: 'unseal', key: keyText }])
    last().says({ type: 'ready', serviceId: 'S' })
    expect(service.url()).toBe('http://127.0.0.1:4001')
    expect(seen).toEqual(['starting', 'sealed', 'online', 'restarting', 'sealed', 'online'])
    expect(reports).toHaveLength(1)
  })

  test('is given up, with a word, after five crashes within a minute, and can be started anew', async () => {
    const { service, processes, last, reports } = keeper()
    const refused = expect(service.start()).rejects.toMatchObject({ code: 'service_offline' })
    for (let crash = 1; crash <= 5; crash++) {
      last().exits()
      vi.advanceTimersByTime(5_000)
    }
    await refused
    expect(processes).toHaveLength(5)
    expect(service.status()).toBe('stopped')
    expect(reports.at(-1)).toContain('not started again')
    void service.start()
    expect(processes).toHaveLength(6)
    expect(service.status()).toBe('starting')
  })

  test('that crashes now and then over hours is always started again', () => {
    const { service, processes, last } = keeper()
    void service.start()
    for (let crash = 1; crash <= 12; crash++) {
      last().says(listening)
      vi.advanceTimersByTime(3_600_000)
      last().exits()
      vi.advanceTimersByTime(250)
    }
    expect(processes).toHaveLength(13)
  })

  test('that refuses its book stays, says why, and tries it anew with the next key', async () => {
    const { service, processes, last } = keeper()
    void service.start()
    last().says(listening)
    const first = expect(service.unseal(key)).rejects.toMatchObject({ code: 'database_damaged' })
    last().says({ type: 'failed', code: 'database_damaged' })
    await first
    expect([service.status(), service.refusal()]).toEqual(['refused', 'database_damaged'])
    const second = service.unseal(key)
    expect([service.status(), service.refusal()]).toEqual(['starting', undefined])
    expect(last().sent).toHaveLength(2)
    last().says({ type: 'ready', serviceId: 'S' })
    await second
    expect(service.status()).toBe('online')
    last().says({ type: 'failed', code: 'database_damaged' })
    expect([service.status(), service.refusal()]).toEqual(['refused', 'database_damaged'])
    expect(processes).toHaveLength(1)
  })

  test('that refuses its book says which fault it was and is not restarted for it', async () => {
    const { service, processes, last } = keeper()
    void service.start()
    last().says(listening)
    const refused = expect(service.unseal(key)).rejects.toMatchObject({ code: 'database_key_wrong' })
    last().says({ type: 'failed', code: 'database_key_wrong' })
    last().exits()
    await refused
    vi.advanceTimersByTime(60_000)
    expect(processes).toHaveLength(1)
    expect([service.status(), service.refusal()]).toEqual(['refused', 'database_key_wrong'])
    const again = service.start()
    last().says(listening)
    await again
    expect([processes.length, service.status(), service.refusal()]).toEqual([2, 'sealed', undefined])
  })

  test('is asked to stop, and ended by force where it does not within two seconds', async () => {
    const { service, processes, last } = keeper()
    void service.start()
    last().says(listening)
    const stopped = service.stop()
    expect(last().sent).toEqual([{ type: 'stop' }])
    expect(last().isKilled()).toBe(false)
    vi.advanceTimersByTime(2_000)
    expect(last().isKilled()).toBe(true)
    await stopped
    vi.advanceTimersByTime(60_000)
    expect(processes).toHaveLength(1)
    expect(service.status()).toBe('stopped')
  })

  test('that was stopped while it waited for its restart stays stopped', async () => {
    const { service, processes, last } = keeper()
    service.start().catch(() => undefined)
    last().exits()
    await service.stop()
    vi.advanceTimersByTime(60_000)
    expect(processes).toHaveLength(1)
  })

  test('that hangs before it listens is ended and started again', () => {
    const { service, processes, last } = keeper()
    void service.start()
    vi.advanceTimersByTime(60_000)
    expect(last().isKilled()).toBe(true)
    vi.advanceTimersByTime(250)
    expect(processes).toHaveLength(2)
    last().says(listening)
    vi.advanceTimersByTime(600_000)
    expect(last().isKilled()).toBe(false)
    expect(service.status()).toBe('sealed')
  })

  test('ignores what it does not know', () => {
    const { service, last } = keeper()
    void service.start()
    for (const message of [null, 'listening', { type: 'listening' }, { type: 'listening', url: 'no url' }, { type: 'else' }])
      last().says(message)
    expect(service.status()).toBe('starting')
  })
})
