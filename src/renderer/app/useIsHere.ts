import { useCallback, useEffect, useRef } from 'react'

/** Whether the view still stands: who has gone elsewhere while something was under way is not fetched back when it is done. */
export function useIsHere(): () => boolean {
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return useCallback(() => here.current, [])
}
