import type { Instant } from '#core/ledger/command.ts'
import type { FeedRecord } from '../serviceStore.ts'

/** How many rows a page asks for at a time: each may hold several events. */
export const feedRowsAtOnce = 128

/** A row that is not written yet: what one transaction tells a holder at one instant, a line for each event. */
export type OpenFeedRow = { readonly at: Instant; readonly lines: readonly string[] }

const mostLines = 64

/** Whether one more event of that instant goes into the row. */
export const takesMore = (row: OpenFeedRow, at: Instant): boolean => row.at === at && row.lines.length < mostLines

/** The event in a row, or in a fresh one. Throws where the event is more than a line. */
export function withEvent(row: OpenFeedRow | undefined, json: string, at: Instant): OpenFeedRow {
  if (json.includes('\n')) throw new TypeError('an event of the feed is one line')
  return { at, lines: [...(row?.lines ?? []), json] }
}

export const feedText = ({ lines }: OpenFeedRow): string => lines.join('\n')

/** The events of rows, each of which has the number of its last one, in their order and above `after`. A line that is empty was an event. */
export const eventsOf = <R extends FeedRecord>(rows: readonly R[], after: number): readonly R[] =>
  rows.flatMap(row => {
    const events = row.json.split('\n')
    const before = row.n - events.length
    return events.flatMap((json, index) => (json !== '' && before + index + 1 > after ? [{ ...row, n: before + index + 1, json }] : []))
  })

/** The text of a row without these of its events: their lines stay, empty, so that the others keep their numbers. Undefined where none is left. */
export function without({ n, json }: FeedRecord, removed: ReadonlySet<number>): string | undefined {
  const lines = json.split('\n')
  const left = lines.map((line, index) => (removed.has(n - lines.length + index + 1) ? '' : line))
  return left.every(line => line === '') ? undefined : left.join('\n')
}
