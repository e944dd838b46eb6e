import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { failureOf } from '../bridge/failure.ts'
import { useBridge } from '../bridge/useBridge.ts'
import { useConnection } from '../bridge/useConnection.ts'
import { useEvent } from '../bridge/useEvent.ts'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { Notice } from '../components/Notice.tsx'
import { useText } from '../text/useText.ts'
import { AccountGate } from '../views/account/AccountGate.tsx'
import { FirstRun } from '../views/start/FirstRun.tsx'
import { Unlock } from '../views/start/Unlock.tsx'
import { Unreadable } from '../views/start/Unreadable.tsx'
import { GateFrame } from './GateFrame.tsx'
import { fetchViews, router } from './router.tsx'
import { AppStateContext } from './useAppState.ts'
import { useFirstNumbers } from './useFirstNumbers.ts'

/** After the first screen has its numbers. */
const fetchAfterMs = 1_500

/** Shows what the wallet's phase allows. A deep link waits at its place until the wallet is open and signed in. */
export function Gate() {
  const { data: state, error, refetch } = useBridge('app.state', {})
  const isConnected = useConnection()
  const hasNumbers = useFirstNumbers(state?.phase === 'unlocked' && state.signedIn)
  useEffect(() => {
    const timer = setTimeout(() => void fetchViews(), fetchAfterMs)
    return () => clearTimeout(timer)
  }, [])
  useEvent('link.opened', ({ text }) => void router.navigate({ to: '/pay', search: { text } }))
  if (!state) {
    if (!error) return isConnected ? null : <Lost />
    return (
      <GateFrame>
        <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />
      </GateFrame>
    )
  }
  const { phase, signedIn } = state
  return (
    <AppStateContext value={state}>
      {phase === 'first_run' && <FirstRun />}
      {phase === 'locked' && <Unlock />}
      {phase === 'unreadable' && <Unreadable />}
      {phase === 'unlocked' && (signedIn ? hasNumbers && <RouterProvider router={router} /> : <AccountGate />)}
    </AppStateContext>
  )
}

/** A window whose wallet has not answered yet and cannot be reached. */
function Lost() {
  const { t } = useText()
  return (
    <GateFrame hasLanguage={false}>
      <Notice kind="warning">
        <p role="status">{t('app.walletLost')}</p>
      </Notice>
    </GateFrame>
  )
}
