import { createContext, use } from 'react'
import type { AppState } from '#contracts/bridge/app.ts'

export const AppStateContext = createContext<AppState | undefined>(undefined)

/** What the wallet says of itself: phase, preferences, keychain, service. */
export function useAppState(): AppState {
  const state = use(AppStateContext)
  if (!state) throw new TypeError('there is no app state around this view')
  return state
}
