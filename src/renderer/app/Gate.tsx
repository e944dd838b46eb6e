import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { failureOf } from '../bridge/failure.ts'
import { useBridge } from '../bridge/useBridge.ts'
import { useConnection } from '../bridge/useConnection.ts'
import { useEvent } from '../bridge/useEvent.ts'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { Notice } from '../components/Notice.tsx'
import { useText } from '../text/useText.ts'
import { GateFrame } from './GateFrame.tsx'
import { fetchViews, router } from './router.tsx'
import { AppStateContext } from './useAppState.ts'
import { useFirstNumbers } from './useFirstNumbers.ts'
import { useFirstScreenGone } from './useFirstScreenGone.ts'
import { useLockOnHide } from './useLockOnHide.ts'

/** The doors are not there when the wallet stands open: they are fetched when one is. */
const AccountGate = lazy(async () => ({ default: (await import('../views/account/AccountGate.tsx')).AccountGate }))
const FirstRun = lazy(async () => ({ default: (await import('../views/start/FirstRun.tsx')).FirstRun }))
const KitOffer = lazy(async () => ({ default: (await import('../views/start/KitOffer.tsx')).KitOffer }))
const Unlock = lazy(async () => ({ default: (await import('../views/start/Unlock.tsx')).Unlock }))
const Unreadable = lazy(async () => ({ default: (await import('../views/start/Unreadable.tsx')).Unreadable }))

/** After the first screen has its numbers. */
const fetchAfterMs = 1_500

/** Shows what the wallet's phase allows. A deep link waits at its place until the wallet is open and signed in. */
export function Gate() {
  const { data: state, error, refetch } = useBridge('app.state', {})
  const isConnected = useConnection()
  const isOpen = state && state.phase === 'unlocked' && state.signedIn
  const hasNumbers = useFirstNumbers(isOpen)
  useFirstScreenGone(isOpen === false || error !== null || !isConnected)
  useEffect(() => {
    const timer = setTimeout(() => void fetchViews(), fetchAfterMs)
    return () => clearTimeout(timer)
  }, [])
  useLockOnHide(state)
  useEvent('link.opened', ({ text }) => void router.navigate({ to: '/pay', search: { text } }))
  if (!state) {
    if (!error) return isConnected ? null : <Lost />
    return (
      <GateFrame>
        <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />
      </GateFrame>
    )
  }
  const { phase, signedIn, recoveryKit } = state
  return (
    <AppStateContext value={state}>
      <Suspense>
        {phase === 'first_run' && <FirstRun />}
        {phase === 'locked' && <Unlock />}
        {phase === 'unreadable' && <Unreadable />}
        {phase === 'unlocked' &&
          (signedIn ? hasNumbers && <RouterProvider router={router} /> : recoveryKit === 'offer' ? <KitOffer /> : <AccountGate />)}
      </Suspense>
    </AppStateContext>
  )
}

/** A window whose wallet has not answered yet and cannot be reached. */
function Lost() {
  const { t } = useText()
  return (
    <GateFrame>
      <Notice kind="warning">
        <p role="status">{t('app.walletLost')}</p>
      </Notice>
    </GateFrame>
  )
}
