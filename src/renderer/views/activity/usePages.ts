import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { HistoryFilter, HistoryPage, Movement } from '#contracts/bridge/history.ts'
import { type BridgeFailure, failureOf } from '../../bridge/failure.ts'
import { ask, useTransport } from '../../bridge/useBridge.ts'

const pageSize = 100

export type Pages = {
  readonly rows: readonly Movement[]
  readonly count: HistoryPage['count'] | undefined
  readonly isLoading: boolean
  readonly hasOlder: boolean
  readonly loadOlder: () => void
  readonly failure: BridgeFailure | undefined
  readonly retry: () => void
}

/** The history page by page, older ones as they are reached. The rows of the last filter stay until the next ones are there, so that typing does not flicker. */
export function usePages(filter: HistoryFilter): Pages {
  const transport = useTransport()
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['history.page', 'all', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => ask(transport, 'history.page', { filter, after: pageParam, limit: pageSize }),
    getNextPageParam: (last: HistoryPage) => last.next,
    placeholderData: before => before,
  })
  const rows = useMemo(() => data?.pages.flatMap(page => page.rows) ?? [], [data])
  return {
    rows,
    count: data?.pages[0]?.count,
    isLoading: isPending,
    hasOlder: hasNextPage,
    loadOlder: () => {
      if (!isFetchingNextPage && hasNextPage) void fetchNextPage()
    },
    failure: error ? failureOf(error) : undefined,
    retry: () => void refetch(),
  }
}
