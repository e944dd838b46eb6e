import { Fault } from '#core/failure/faults.ts'
import { endOf, type ToldPage } from './heads.ts'

/** So many pages, of 500 rows at most, wait for their turn or are written at once; more would be memory, and work that a person waits for. */
const mostTogether = 2

/**
 * The rows of a page must follow the cursor without a gap; where the feed is compacted they grow with gaps, and there is one at least. A page whose do not is
 * never applied.
 */
function follows(after: number, page: ToldPage): boolean {
  const { rows, last } = page
  if ('upTo' in page)
    return rows.length > 0 && rows.every(({ n }, index) => n > (rows[index - 1]?.n ?? after) && n <= page.upTo) && page.upTo <= last
  return rows.every(({ n }, index) => n === after + index + 1) && (rows.length === 0 ? last <= after : last >= after + rows.length)
}

type Asking = {
  /** How long the service may hold the first question back. */
  readonly waitMs: number
  readonly fetchPage: (after: number, waitMs: number, signal: AbortSignal) => Promise<ToldPage>
  /** Called with each page as it comes. */
  readonly read: (page: ToldPage) => void
  readonly signal: AbortSignal
}

/** Pages that follow each other, asked for one after the other while those before are written. */
export type ReadAhead = {
  /** The number after which the next pages begin; undefined where none are known to be there. */
  next(): number | undefined
  /** The pages that have come; waits for one where there is none, and throws what asking for it threw. None once the signal is given. */
  take(): Promise<readonly ToldPage[]>
}

export function readAhead(after: number, { waitMs, fetchPage, read, signal }: Asking): ReadAhead {
  let taken = after
  let end = after
  let isMore = false
  let here: readonly ToldPage[] = []
  let asking: Promise<void> | undefined

  async function arrive(forMs: number): Promise<void> {
    const page = await fetchPage(end, forMs, signal)
    if (!follows(end, page)) throw new Fault('service_garbage')
    end = endOf(end, page)
    isMore = page.rows.length > 0 && page.last > end
    here = [...here, page]
    read(page)
    asking = undefined
    goOn()
  }
  function ask(forMs: number): void {
    asking = arrive(forMs)
    // Whoever comes for it is told; where nobody does, it is asked for again.
    asking.catch(() => undefined)
  }
  function goOn(): void {
    if (isMore && !asking && here.length < mostTogether && !signal.aborted) ask(0)
  }

  ask(waitMs)
  return {
    next: () => (isMore || here.length > 0 ? taken : undefined),
    async take() {
      if (here.length === 0) await asking
      const pages = here
      here = []
      taken = end
      goOn()
      return pages
    },
  }
}
