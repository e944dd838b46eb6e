import { nudge } from '#contracts/service/feed.ts'
import { Fault } from '#core/failure/faults.ts'
import type { Clock, NudgeSocket } from '../ports.ts'
import { endOf, type ToldPage } from './heads.ts'
import type { Mirror, News } from './mirror.ts'
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
  readonly mirror: Pick<Mirror, 'apply'>
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

/**
 * The rows of a page must follow the cursor without a gap; where the feed is compacted they grow with gaps, and there is one at least. A page whose do not is
 * never applied.
 */
function follows(after: number, page: ToldPage): boolean {
  const { rows, last } = page
  if ('upTo' in page)
    return rows.length > 0 && rows.every(({ n }, index) => n > (rows[index - 1]?.n ?? after) && n <= page.upTo) && page.upTo <= last
  return rows.every(({ n }, index) => n === after + index + 1) && (rows.length === 0 || last >= after + rows.length)
}

/** Follows the account's feed: a nudge on the socket, or a long poll where there is none, then every page after the cursor. */
export function createFeed({ clock, mirror, cursor, fetchPage, openSocket, onNews, onCaughtUp, onFault }: FeedParts): Feed {
  const alarm = createAlarm(clock)
  let stopping = new AbortController()
  let isRunning = false
  let socket: NudgeSocket | undefined
  let isSocketOpen = false
  let socketFailures = 0
  let newest = 0
  let ahead: { readonly after: number; readonly page: Promise<ToldPage> } | undefined

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

  /** While a page is written the next one is asked for: one page ahead and no more. */
  function askAhead(after: number, signal: AbortSignal): void {
    const page = fetchPage(after, 0, signal)
    // Whoever comes for it is told; where nobody does, it is asked for again.
    page.catch(() => undefined)
    ahead = { after, page }
  }
  function pageAfter(after: number, isFirst: boolean, signal: AbortSignal): Promise<ToldPage> {
    const asked = ahead
    ahead = undefined
    return asked?.after === after ? asked.page : fetchPage(after, isFirst || isSocketOpen ? 0 : longPollMs, signal)
  }

  /** One page. True where nothing more is known to wait. */
  async function step(signal: AbortSignal, isFirst: boolean): Promise<boolean> {
    const after = await cursor()
    const page = await pageAfter(after, isFirst, signal)
    if (signal.aborted) return true
    if (!follows(after, page)) throw new Fault('service_garbage')
    const end = endOf(after, page)
    if (page.last > end && end > after) askAhead(end, signal)
    if (page.rows.length === 0) {
      if (page.last > after) throw new Fault('service_garbage')
      newest = page.last
      // It carries heads all the same: the book is checked against them.
      await mirror.apply(after, page)
      return true
    }
    const news = await mirror.apply(after, page)
    if (news && !signal.aborted) onNews(news)
    return news !== undefined && page.last === end && newest <= page.last
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
