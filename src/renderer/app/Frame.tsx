import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { AppState } from '#contracts/bridge/app.ts'
import { type BookFaultCode, type FaultCode, faults, isBookFault } from '#core/failure/faults.ts'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { useConnection } from '../bridge/useConnection.ts'
import { useEvent } from '../bridge/useEvent.ts'
import { useAmountText } from '../components/Amount.tsx'
import { Button } from '../components/Button.tsx'
import { useAnnounce } from '../components/Toasts.tsx'
import { useText } from '../text/useText.ts'
import { BottomBar } from './BottomBar.tsx'
import { ExpiredBanner } from './ExpiredBanner.tsx'
import { ProviderBanner } from './ProviderBanner.tsx'
import { places } from './places.ts'
import { ResetBanner } from './ResetBanner.tsx'
import { SandboxWords } from './SandboxWords.tsx'
import { Side } from './Side.tsx'
import { useAppState } from './useAppState.ts'
import { useFirstScreenGone } from './useFirstScreenGone.ts'
import { useShortcuts } from './useShortcuts.ts'

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette.tsx')).CommandPalette }))

/** Locks, hides amounts and opens the palette: what acts from everywhere. */
function useFrameActs() {
  const lock = useBridgeAction('app.lock')
  const prefer = useBridgeAction('app.prefer')
  const { hideAmounts } = useAppState()
  return { lock: () => void lock.run({}), toggleAmounts: () => void prefer.run({ hideAmounts: !hideAmounts }) }
}

/** The sandbox says so in a narrow window too, where there is no side. */
function NarrowSandbox() {
  const { service } = useAppState()
  if (!service.isSandbox) return null
  return (
    <div className="sandbox narrow-sandbox">
      <SandboxWords isBrief />
    </div>
  )
}

/** What everyone should know at once: the wallet is lost, or its service is out of reach or was restarted. */
function Banner() {
  const { t, time } = useText()
  const isConnected = useConnection()
  const { service } = useAppState()
  if (!isConnected)
    return (
      <div className="banner" role="status">
        {t('app.walletLost')}
      </div>
    )
  if (isBookFault(service.status)) return <RefusedBanner why={service.status} />
  const why = faultOfStatus[service.status]
  if (why) return <FailingBanner why={why} />
  if (service.status === 'restarting' || service.status === 'sealed')
    return (
      <div className="banner" role="status">
        {t(`app.service_${service.status}`)}
      </div>
    )
  if (service.restartedAt !== null) return <RestartedBanner key={service.restartedAt} at={time(service.restartedAt)} />
  return null
}

const faultOfStatus: Partial<Record<AppState['service']['status'], FaultCode>> = {
  offline: 'service_offline',
  clock_wrong: 'clock_wrong',
  garbage: 'service_garbage',
}

/** What it means that the service does not answer as it should, what to do, and a way to try again now. */
function FailingBanner({ why }: { readonly why: FaultCode }) {
  const { t, failure: say } = useText()
  const again = useBridgeAction('app.retryService')
  return (
    <div className="banner" role="status">
      {say({ kind: 'fault', code: why, detail: {} }).whole}
      <Button size="small" isPending={again.isRunning} onPress={() => void again.run({})}>
        {t('app.retry')}
      </Button>
    </div>
  )
}

/** Who can put it right and how, and a way to try again where that can help. */
function RefusedBanner({ why }: { readonly why: BookFaultCode }) {
  const { t } = useText()
  const again = useBridgeAction('app.retryService')
  return (
    <div className="banner" role="alert">
      {t(`app.refused_${why}`)}
      {faults[why].retry !== 'never' && (
        <Button size="small" isPending={again.isRunning} onPress={() => void again.run({})}>
          {t('app.retry')}
        </Button>
      )}
    </div>
  )
}

function RestartedBanner({ at }: { readonly at: string }) {
  const { t } = useText()
  return (
    <div className="banner" role="status">
      {t('app.serviceRestarted', { time: at })}
    </div>
  )
}

/** The open wallet: places at the side (or at the bottom of a narrow window), the view in the middle. */
export function Frame() {
  useFirstScreenGone(true)
  const { t } = useText()
  const amountText = useAmountText()
  const announce = useAnnounce()
  const navigate = useNavigate()
  const { lock, toggleAmounts } = useFrameActs()
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  useEvent('money.arrived', ({ amount }) => announce({ kind: 'good', words: t('app.arrived', { amount: amountText(amount) }) }))
  useEvent('security.told', ({ what, device }) =>
    announce({
      kind: 'failed',
      words: t(`devices.${what}`, { name: device.name }),
      act: { name: t('devices.look'), run: () => void navigate({ to: '/settings' }) },
    }),
  )
  const digits = Object.fromEntries(places.map(({ to }, index) => [String(index + 1), () => void navigate({ to })]))
  useShortcuts({
    ...digits,
    h: toggleAmounts,
    '/': () => void navigate({ to: '/activity' }).then(() => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus()),
    'mod+l': lock,
    'mod+k': () => setPaletteOpen(true),
  })
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={focusContent}>
        {t('app.skipToContent')}
      </button>
      <Side onLock={lock} onPalette={() => setPaletteOpen(true)} />
      <main className="main" id="content" tabIndex={-1}>
        <Banner />
        <ExpiredBanner />
        <ProviderBanner />
        <ResetBanner />
        <NarrowSandbox />
        <Outlet />
      </main>
      <BottomBar />
      <Suspense>
        {isPaletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} onLock={lock} onToggleAmounts={toggleAmounts} />}
      </Suspense>
    </div>
  )
}

function focusContent(): void {
  document.getElementById('content')?.focus()
}
