import { Fault } from '#core/failure/faults.ts'
import type { Outcome } from '#core/failure/outcome.ts'
import type { Register, Writing } from '#core/personal/register.ts'
import type { PersonalStore } from '#core/personal/store.ts'
import type { Clock } from '../ports.ts'
import type { Topic } from './mirror.ts'
import type { RouteInput, RouteOutput } from './serviceClient.ts'
import { createTurns } from './turns.ts'
import { backOffMs, createAlarm } from './waiting.ts'

/** What the person writes: saved here first, then merged with what the service holds for the other devices (docs/adr/0014-notes-on-several-devices.md). */
export type Personal = {
  /** Saved and on disk when it returns. False where there is no room for more. */
  write(writings: readonly Writing[]): Promise<boolean>
  /** Sends what is unsent and asks for what is new, now. Faults as `SignedIn.call`. */
  exchange(): Promise<void>
  start(): void
  /** The service is there again, or told that something changed. */
  wake(): void
  /** Resolves once nothing of it writes any more. */
  stop(): Promise<void>
}

type PersonalRoute = 'writePersonal' | 'readPersonal'

type PersonalParts = {
  readonly store: PersonalStore
  readonly clock: Clock
  readonly deviceId: string
  /** By the device's key, base64url. */
  readonly sign: (registers: readonly Register[]) => string | Promise<string>
  readonly call: <R extends PersonalRoute>(route: R, input: RouteInput<R>) => Promise<Outcome<RouteOutput<R>>>
  /** How far the service's clock is ahead of this computer's, as measured last; undefined where it was not yet. `anew` asks the service. */
  readonly clockOffset: (anew: boolean) => Promise<number | undefined>
  readonly onNews: (topics: readonly Topic[]) => void
  readonly onFault: (error: unknown) => void
}

const shown: readonly Topic[] = ['personal', 'history']
const longestWaitMs = 15_000
/** A nudge can be lost, as for the feed. */
const quietMs = 10 * 60_000
/** The way there and back takes time too: less than this is no wrong clock. */
const toleranceMs = 30_000
/** What the service takes in one call. */
const mostInOne = 100
const mostBytes = 48 * 1024

/** As many as one call may bring, the first one always. */
function fitting(registers: readonly Register[]): readonly Register[] {
  let bytes = 0
  return registers.filter((register, index) => {
    bytes += Buffer.byteLength(JSON.stringify(register))
    return index === 0 || bytes <= mostBytes
  })
}

export function createPersonal({ store, clock, deviceId, sign, call, clockOffset, onNews, onFault }: PersonalParts): Personal {
  const alarm = createAlarm(clock)
  const inTurn = createTurns()
  let isRunning = false
  let isClosed = false
  let failures = 0

  /** What was written here before the person signed in again is this session's to sign; its id is later, so it stays the same writing. */
  const mine = (register: Register): Register => ({ ...register, stamp: { ...register.stamp, device: deviceId } })

  /** What was dated by a wrong clock, and nobody has seen yet, is dated anew. `isRefused`: the service found something too far ahead. */
  async function putClockRight(isRefused: boolean): Promise<void> {
    const measured = await clockOffset(isRefused)
    if (measured === undefined) return
    const shiftMs = measured - (await store.clockOffset())
    if (Math.abs(shiftMs) <= toleranceMs && !isRefused) return
    await store.correctStamps({ shiftMs, now: clock.now() + measured }, measured)
  }

  async function send(): Promise<void> {
    let isCorrected = false
    while (!isClosed) {
      const batch = fitting(await store.unsentRegisters(mostInOne)).map(mine)
      if (batch.length === 0) return
      const outcome = await call('writePersonal', { registers: [...batch], signature: await sign(batch) })
      if (isClosed) return
      if (outcome.ok) {
        if (await store.takeRegisters([...batch, ...outcome.value.later], null)) onNews(shown)
      } else if (outcome.decline.code === 'dated_ahead') {
        if (isCorrected) throw new Fault('clock_wrong')
        isCorrected = true
        await putClockRight(true)
      } else if (outcome.decline.code === 'notes_full') {
        // It stays here: another device filled what room there was.
        return
      } else throw new Fault('service_garbage')
    }
  }

  async function ask(): Promise<void> {
    let isLast = false
    while (!isLast && !isClosed) {
      const outcome = await call('readPersonal', { after: await store.personalCursor() })
      if (!outcome.ok) throw new Fault('service_garbage')
      if (isClosed) return
      isLast = outcome.value.isLast
      const hasNews = await store.takeRegisters(outcome.value.registers, outcome.value.next)
      if (hasNews) onNews(shown)
    }
  }

  const exchange = (): Promise<void> =>
    inTurn(async () => {
      await putClockRight(false)
      await send()
      await ask()
    })

  async function run(): Promise<void> {
    while (isRunning) {
      const isDone = await exchange().then(
        () => true,
        error => {
          if (isRunning) onFault(error)
          return false
        },
      )
      failures = isDone ? 0 : failures + 1
      if (isRunning) await alarm.sleep(isDone ? quietMs : backOffMs(failures, longestWaitMs))
    }
  }

  return {
    exchange,
    async write(writings) {
      const isKept = await store.writeRegisters(writings, clock.now() + (await store.clockOffset()), deviceId)
      if (isKept) {
        onNews(shown)
        alarm.wake()
      }
      return isKept
    },
    start() {
      if (isRunning) return
      isRunning = true
      void run()
    },
    wake() {
      failures = 0
      alarm.wake()
    },
    stop() {
      isRunning = false
      isClosed = true
      alarm.wake()
      return inTurn(async () => {})
    },
  }
}
