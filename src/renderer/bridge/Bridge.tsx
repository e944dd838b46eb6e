import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { refresh } from './news.ts'
import type { Transport } from './transport.ts'
import { BridgeContext } from './useBridge.ts'

type BridgeProps = { readonly transport: Transport; readonly queries: QueryClient; readonly children: ReactNode }

/** Gives all views one transport and one cache, keeps the cache fresh by the wallet's events, and empties it, and the page with it, when the wallet locks. */
export function Bridge({ transport, queries, children }: BridgeProps) {
  useEffect(() => {
    const forgetAccount = () => {
      queries.removeQueries({ predicate: query => !String(query.queryKey[0]).startsWith('app.') })
      // What was sent is kept beside its answer: passwords, notes, words of a kit.
      queries.getMutationCache().clear()
    }
    const stopEvents = transport.onEvent(({ event, payload }) => {
      if (event === 'app.changed') {
        const before = queries.getQueryData<typeof payload>(['app.state', {}])
        queries.setQueryData(['app.state', {}], payload)
        if (before?.phase === 'unlocked' && payload.phase !== 'unlocked') transport.beginAnew()
        if (payload.phase !== 'unlocked' || !payload.signedIn) forgetAccount()
        else if (before?.service.status !== payload.service.status || before?.homeCurrency !== payload.homeCurrency)
          void queries.invalidateQueries({ predicate: query => query.queryKey[0] !== 'app.state' })
      }
      if (event === 'data.changed') refresh(queries, payload.topics)
    })
    const stopConnection = transport.onConnection(isConnected => {
      if (isConnected) void queries.invalidateQueries()
    })
    return () => {
      stopEvents()
      stopConnection()
    }
  }, [queries, transport])
  return (
    <BridgeContext value={transport}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </BridgeContext>
  )
}
