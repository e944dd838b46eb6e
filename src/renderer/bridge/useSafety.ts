import { useQueryClient } from '@tanstack/react-query'
import type { SafetyState } from '#contracts/bridge/secondFactor.ts'

/** Shows what an act made of the account's safety at once; the news of it comes by the feed too. */
export function useSafety(): { readonly show: (state: SafetyState | undefined) => boolean; readonly refresh: () => void } {
  const queries = useQueryClient()
  return {
    show: state => {
      if (state) queries.setQueryData(['secondFactor.state', {}], state)
      return state !== undefined
    },
    refresh: () => void queries.invalidateQueries({ queryKey: ['secondFactor.state'] }),
  }
}
