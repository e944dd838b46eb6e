import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask, useTransport } from '../bridge/useBridge.ts'
import { latestPage } from '../views/home/latestPage.ts'

/** Longer than that nobody looks at an empty window: then the skeletons come. */
const patienceMs = 250

/**
 * Whether the first screen may be drawn: its numbers are there, or did not come at once. Drawn with its numbers it is laid out and painted once;
 * drawn as a skeleton first, twice.
 * @param isSignedIn undefined until the wallet has said so: its numbers are asked for meanwhile, and where it is locked it tells none.
 */
export function useFirstNumbers(isSignedIn: boolean | undefined): boolean {
  const transport = useTransport()
  const queries = useQueryClient()
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    if (isSignedIn === false) return setReady(false)
    const fetchFirst = <T>(queryKey: readonly unknown[], queryFn: () => Promise<T>) => queries.prefetchQuery({ queryKey, queryFn })
    let isWanted = true
    const ready = () => isWanted && setReady(true)
    const timer = setTimeout(ready, patienceMs)
    const numbers = Promise.all([
      fetchFirst(['balances.overview', {}], () => ask(transport, 'balances.overview', {})),
      fetchFirst(['history.page', latestPage], () => ask(transport, 'history.page', latestPage)),
      fetchFirst(['account.profile', {}], () => ask(transport, 'account.profile', {})),
      fetchFirst(['topUps.list', {}], () => ask(transport, 'topUps.list', {})),
      fetchFirst(['payments.pending', {}], () => ask(transport, 'payments.pending', {})),
    ])
    void numbers.then(ready)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [isSignedIn, queries, transport])
  return isReady
}
