import { describe, expect, test, vi } from 'vitest'
import type { FeedPage, SnapshotPage } from '#contracts/service/feed.ts'
import { Fault } from '#core/failure/faults.ts'
import type { NudgeSocket } from '#main/ports.ts'
import { createFeed } from '#main/sync/feed.ts'
import { endOf, type ToldPage } from '#main/sync/heads.ts'
import type { News } from '#main/sync/mirror.ts'
import { testClock } from '../../support/clock.ts'

const row = (n: number) => ({ n, event: { type: 'limits' as const, limits: [] } })
const page = (last: number, ...numbers: number[]): FeedPage => ({ rows: numbers.map(row), last, heads: null })
const snapshot = (upTo: number, last: number, ...numbers: number[]): SnapshotPage => ({ rows: numbers.map(row), upTo, last, heads: null })
const forever = (signal: AbortSignal) =>
  new Promise<ToldPage>((_done, fail) => signal.addEventListener('abort', () => fail(new Fault('service_offline'))))

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
}

type FeedOptions = { socket?: () => NudgeSocket; beforeApply?: () => Promise<void>; areApart?: boolean }

/** A feed whose pages come from a list; then nothing comes any more. */
function feedOf(pages: (ToldPage | Fault)[], options: FeedOptions = {}) {
  const clock = testClock()
  const asked: { after: number; waitMs: number }[] = []
  const faults: unknown[] = []
  const news: News[] = []
  /** How many pages were written at once. */
  const written: number[] = []
  let cursor = 0
  const applied = async (after: number, told: readonly ToldPage[]): Promise<News | undefined> => {
    await options.beforeApply?.()
    if (after !== cursor) return undefined
    cursor = told.reduce(endOf, after)
    written.push(told.length)
    return { topics: new Set(told.some(({ rows }) => rows.length > 0) ? ['limits'] : []), arrived: [] }
  }
  const feed = createFeed({
    clock,
    cursor: async () => cursor,
    mirror: {
      read: () => undefined,
      apply: (after, page) => applied(after, [page]),
      applyTogether: async (after, told) => (options.areApart ? 'apart' : applied(after, told)),
    },
    async fetchPage(after, waitMs, signal) {
      asked.push({ after, waitMs })
      await turns(1)
      const next = pages.shift()
      if (next instanceof Fault) throw next
      return next ?? forever(signal)
    },
    openSocket: () => options.socket?.(),
    onNews: one => news.push(one),
    onCaughtUp: () => {},
    onFault: fault => faults.push(fault),
  })
  return { feed, clock, asked, faults, news, written, cursor: () => cursor }
}

describe('the feed', () => {
  test('reads page after page, then waits for more', async () => {
    const { feed, asked, cursor } = feedOf([page(3, 1, 2), page(3, 3)])
    feed.start()
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(cursor()).toBe(3)
    expect(asked).toEqual([
      { after: 0, waitMs: 0 },
      { after: 2, waitMs: 0 },
      { after: 3, waitMs: 25_000 },
    ])
    feed.stop()
  })

  const nine = () => Array.from({ length: 9 }, (_, index) => page(9, index + 1))

  test('asks for the next pages while one is written, for two and no more; they are written at once, and asked for anew where that failed', async () => {
    const writing: { done(): void; fail(error: Error): void }[] = []
    const beforeApply = () => new Promise<void>((done, fail) => writing.push({ done, fail }))
    const { feed, clock, asked, faults, written, cursor } = feedOf([...nine().slice(0, 5), page(2, 2)], { beforeApply })
    const afters = () => asked.map(({ after }) => after)
    feed.start()
    await vi.waitFor(() => expect(afters()).toEqual([0, 1, 2]))
    await clock.moves(1)
    expect(afters()).toEqual([0, 1, 2])
    expect(cursor()).toBe(0)
    writing[0]?.done()
    await vi.waitFor(() => expect(afters()).toEqual([0, 1, 2, 3, 4]))
    expect(cursor()).toBe(1)
    writing[1]?.fail(new Fault('disk_full'))
    await vi.waitFor(() => expect(faults).toHaveLength(1))
    expect(cursor()).toBe(1)
    await clock.moves(20_000)
    await vi.waitFor(() => expect(writing).toHaveLength(3))
    expect(afters()[5]).toBe(1)
    writing[2]?.done()
    await vi.waitFor(() => expect(cursor()).toBe(2))
    expect(written).toEqual([1, 1])
    feed.stop()
  })

  test('writes pages one by one where they do not add up together, and tells of each', async () => {
    for (const [areApart, expected] of [
      [false, [1, 2, 2, 2, 2]],
      [true, [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ] as const) {
      const { feed, news, written, cursor } = feedOf(nine(), { areApart, beforeApply: () => turns(10) })
      feed.start()
      await vi.waitFor(() => expect(cursor()).toBe(9))
      await vi.waitFor(() => expect(news).toHaveLength(expected.length))
      expect(written).toEqual(expected)
      feed.stop()
    }
  })

  test('what came before a fault is written first', async () => {
    const { feed, written, cursor, faults } = feedOf([page(3, 1), page(3, 2), new Fault('service_offline')], {
      beforeApply: () => turns(10),
    })
    feed.start()
    await vi.waitFor(() => expect(faults).toMatchObject([{ code: 'service_offline' }]))
    expect([written, cursor()]).toEqual([[1, 1], 2])
    feed.stop()
  })

  test('applies nothing of a page with a gap, a repetition, a wrong order or a wrong beginning, and asks again from its cursor', async () => {
    for (const bad of [page(3, 1, 3), page(2, 1, 1), page(2, 2, 1), page(9, 5), page(0, 1), page(4)]) {
      const { feed, clock, asked, faults, cursor } = feedOf([bad, page(1, 1)])
      feed.start()
      await vi.waitFor(() => expect(faults).toHaveLength(1))
      expect(cursor(), JSON.stringify(bad.rows.map(({ n }) => n))).toBe(0)
      expect(faults).toMatchObject([{ code: 'service_garbage' }])
      await clock.moves(10_000)
      await vi.waitFor(() => expect(cursor()).toBe(1))
      expect(asked[1]).toMatchObject({ after: 0 })
      feed.stop()
    }
  })

  test('reads a snapshot by its growing numbers, then the feed from where it ends', async () => {
    const { feed, asked, cursor } = feedOf([snapshot(7, 9, 2, 5), snapshot(7, 9, 7), page(9, 8, 9)])
    feed.start()
    await vi.waitFor(() => expect(cursor()).toBe(9))
    expect(asked.slice(0, 3).map(({ after }) => after)).toEqual([0, 5, 7])
    feed.stop()
  })

  test('applies nothing of a snapshot that is empty, goes back, repeats, or goes beyond what is compacted or told', async () => {
    for (const bad of [
      snapshot(7, 9),
      snapshot(7, 9, 0),
      snapshot(7, 9, 3, 2),
      snapshot(7, 9, 3, 3),
      snapshot(7, 9, 3, 8),
      snapshot(7, 6, 3),
    ]) {
      const { feed, faults, cursor } = feedOf([bad])
      feed.start()
      await vi.waitFor(() => expect(faults).toMatchObject([{ code: 'service_garbage' }]))
      expect(cursor()).toBe(0)
      feed.stop()
    }
  })

  test('comes back after faults, with growing waits', async () => {
    const offline = () => new Fault('service_offline')
    const { feed, clock, faults, cursor } = feedOf([offline(), offline(), offline(), page(1, 1)])
    feed.start()
    for (let turn = 1; turn <= 3; turn += 1) {
      await vi.waitFor(() => expect(faults).toHaveLength(turn))
      await clock.moves(40_000)
    }
    await vi.waitFor(() => expect(cursor()).toBe(1))
    feed.stop()
  })

  test('asks as soon as it is nudged, opens the socket again when it broke, and stops for good', async () => {
    const told: ((text: string) => void)[] = []
    const ended: (() => void)[] = []
    const socket = (): NudgeSocket => ({
      onOpen: listener => setTimeout(listener, 1),
      onText: listener => told.push(listener),
      onClose: listener => ended.push(listener),
      close: () => ended.at(-1)?.(),
    })
    const pages = [page(0), page(0), page(1, 1)]
    const { feed, clock, asked, cursor } = feedOf(pages, { socket })
    feed.start()
    await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(2))
    await vi.waitFor(() => expect(told).toHaveLength(1))
    told[0]?.('not json')
    told[0]?.('{"last":1}')
    await vi.waitFor(() => expect(cursor()).toBe(1))
    ended[0]?.()
    await vi.waitFor(async () => {
      await clock.moves(5_000)
      expect(told).toHaveLength(2)
    })
    feed.stop()
    const times = asked.length
    await clock.moves(120_000)
    expect(asked).toHaveLength(times)
  })
})
