import { useEffect } from 'react'
import type { AppState } from '#contracts/bridge/app.ts'
import { ask, useTransport } from '../bridge/useBridge.ts'

/** In a browser the page alone knows that it is out of sight; the desktop shell sees it of its own window, and a covered one is not hidden there. */
export function useLockOnHide(state: AppState | undefined): void {
  const transport = useTransport()
  const isOn = state?.shell === 'loopback' && state.phase === 'unlocked' && state.lockOnHide
  useEffect(() => {
    if (!isOn) return
    const look = () => {
      if (document.visibilityState === 'hidden') void ask(transport, 'app.lock', {}).catch(() => undefined)
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [transport, isOn])
}
