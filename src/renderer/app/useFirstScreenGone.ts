import { useLayoutEffect } from 'react'

/** The id of what the wallet drew before this script ran (`firstScreen.tsx`). */
export const firstScreenId = 'first'

/** Takes away the drawn first screen in the same frame in which the living one, or a door, stands in its place. */
export function useFirstScreenGone(isGone: boolean): void {
  useLayoutEffect(() => {
    if (isGone) document.getElementById(firstScreenId)?.remove()
  }, [isGone])
}
