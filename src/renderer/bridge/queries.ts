import { QueryClient } from '@tanstack/react-query'

/** What the window has been told. */
export const newQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // The wallet tells what has news; until then what was read stays right. A fault is told at once: it carries its own way out.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
