import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTransport } from '../bridge/useBridge.ts'
import { fetchFirstNumbers, hasFirstNumbers } from './firstNumbers.ts'

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
  const [isReady, setReady] = useState(() => hasFirstNumbers(queries))
  useEffect(() => {
    if (isSignedIn === false) return setReady(false)
    let isWanted = true
    const ready = () => isWanted && setReady(true)
    const timer = setTimeout(ready, patienceMs)
    void fetchFirstNumbers(transport, queries).then(ready)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [isSignedIn, queries, transport])
  return isReady
}
