import { nudge } from '#contracts/service/feed.ts'
import type { Clock, NudgeSocket } from '../ports.ts'
import { endOf, type ToldPage } from './heads.ts'
import type { News } from './mirror.ts'
import type { Provider } from './provider.ts'
import { type ReadAhead, readAhead } from './readAhead.ts'
import { backOffMs, createAlarm } from './waiting.ts'

export type Feed = {
  start(): void
  stop(): void
  wake(): void
  /** Reads everything that there is now. Throws what a page throws. */
  catchUp(): Promise<void>
}

type FeedParts = {
  readonly clock: Clock
  readonly mirror: Pick<Provider, 'read' | 'apply' | 'applyTogether'>
  readonly cursor: () => Promise<number>
  /** Rows after `after`; waits for one up to `waitMs`. Throws faults. */
  readonly fetchPage: (after: number, waitMs: number, signal: AbortSignal) => Promise<ToldPage>
  /** Undefined while the service is not known. */
  readonly openSocket: () => NudgeSocket | undefined
  readonly onNews: (news: News) => void
  /** Everything that there is was read. */
  readonly onCaughtUp: () => void
  /** It went well after it did not, or the other way round. */
  readonly onFault: (fault: unknown) => void
}

/** How long the service may hold a question back while no socket is open; a socket makes it needless. */
const longPollMs = 25_000
/** With a socket open, ask this often anyway: a nudge can be lost. */
const quietMs = 30_000
/** Between two long polls: a service that answers at once must not make this a busy loop. */
const breathMs = 250
const longestWaitMs = 15_000

/** Follows the account's feed: a nudge on the socket, or a long poll where there is none, then every page after the cursor. */
export function createFeed({ clock, mirror, cursor, fetchPage, openSocket, onNews, onCaughtUp, onFault }: FeedParts): Feed {
  const alarm = createAlarm(clock)
  let stopping = new AbortController()
  let isRunning = false
  let socket: NudgeSocket | undefined
  let isSocketOpen = false
  let socketFailures = 0
  let newest = 0
  let ahead: ReadAhead | undefined

  function listen(): void {
    if (!isRunning || socket) return
    const opened = openSocket()
    if (!opened) return
    socket = opened
    opened.onOpen(() => {
      isSocketOpen = true
      socketFailures = 0
      alarm.wake()
    })
    opened.onText(text => {
      const told = readNudge(text)
      if (told === undefined) return
      newest = Math.max(newest, told)
      alarm.wake()
    })
    opened.onClose(() => {
      if (socket !== opened) return
      socket = undefined
      isSocketOpen = false
      socketFailures += 1
      alarm.wake()
      clock.after(backOffMs(socketFailures, longestWaitMs), listen)
    })
  }

  function pagesAfter(after: number, isFirst: boolean, signal: AbortSignal): ReadAhead {
    const asked = ahead
    ahead = undefined
    if (asked?.next() === after) return asked
    return readAhead(after, { waitMs: isFirst || isSocketOpen ? 0 : longPollMs, fetchPage, read: mirror.read, signal })
  }

  /**
   * Pages that came together are written together; where they do not add up, one by one, so that what is refused is one page. False where they do not follow
   * the cursor.
   */
  async function write(after: number, pages: readonly ToldPage[], signal: AbortSignal): Promise<boolean> {
    const isTold = (news: News | undefined): boolean => {
      if (news && news.topics.size > 0 && !signal.aborted) onNews(news)
      return news !== undefined
    }
    const together = pages.length > 1 ? await mirror.applyTogether(after, pages) : 'apart'
    if (together !== 'apart') return isTold(together)
    let end = after
    for (const page of pages) {
      if (!isTold(await mirror.apply(end, page))) return false
      end = endOf(end, page)
    }
    return true
  }

  /** What has come. True where nothing more is known to wait. */
  async function step(signal: AbortSignal, isFirst: boolean): Promise<boolean> {
    const after = await cursor()
    const asked = pagesAfter(after, isFirst, signal)
    const pages = await asked.take()
    const last = pages.at(-1)
    if (signal.aborted || !last) return true
    ahead = asked
    // Without rows it carries heads all the same: the book is checked against them.
    if (last.rows.length === 0) newest = last.last
    const isWritten = await write(after, pages, signal)
    return last.rows.length === 0 || (isWritten && last.last === pages.reduce(endOf, after) && newest <= last.last)
  }

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0
    let isFirst = true
    while (!signal.aborted) {
      try {
        const isCaughtUp = await step(signal, isFirst)
        failures = 0
        isFirst = false
        listen()
        if (isCaughtUp && !signal.aborted) onCaughtUp()
        if (isCaughtUp && !signal.aborted) await alarm.sleep(isSocketOpen ? quietMs : breathMs)
      } catch (error) {
        if (signal.aborted) return
        failures += 1
        isFirst = true
        newest = 0
        ahead = undefined
        onFault(error)
        await alarm.sleep(backOffMs(failures, longestWaitMs))
      }
    }
  }

  async function catchUp(): Promise<void> {
    const { signal } = stopping
    while (!signal.aborted && !(await step(signal, true)));
  }

  return {
    catchUp,
    start() {
      if (isRunning) return
      isRunning = true
      ahead = undefined
      stopping = new AbortController()
      void run(stopping.signal)
    },
    stop() {
      isRunning = false
      stopping.abort()
      const open = socket
      socket = undefined
      isSocketOpen = false
      open?.close()
      alarm.wake()
    },
    wake: () => alarm.wake(),
  }
}

function readNudge(text: string): number | undefined {
  try {
    return nudge.safeParse(JSON.parse(text)).data?.last
  } catch {
    return undefined
  }
}
