import { TriangleAlert } from 'lucide-react'
import { useBridge, useBridgeAction } from '../bridge/useBridge.ts'
import { useSafety } from '../bridge/useSafety.ts'
import { Button } from '../components/Button.tsx'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { useAnnounce } from '../components/Toasts.tsx'
import { useText } from '../text/useText.ts'

/** On every view, while a new password that somebody asked for does not hold yet: from when it holds, and stopping it. */
export function ResetBanner() {
  const { t, moment } = useText()
  const announce = useAnnounce()
  const { show } = useSafety()
  const { data: safety } = useBridge('secondFactor.state', {})
  const stop = useBridgeAction('secondFactor.stopReset')
  if (!safety?.resetAt) return null
  const act = async () => {
    if (show(await stop.run({}))) announce({ kind: 'good', words: t('security.resetStopped') })
  }
  return (
    <div className="banner halt" role="alert">
      <TriangleAlert className="icon" aria-hidden />
      <div className="banner-words">
        <b>{t('security.resetTitle')}</b>
        <p>{t('security.resetSub', { at: moment(safety.resetAt) })}</p>
        {stop.failure && <FailurePanel failure={stop.failure} />}
      </div>
      <div className="banner-acts">
        <Button size="small" kind="danger" onPress={() => void act()} isPending={stop.isRunning}>
          {t('security.resetStop')}
        </Button>
      </div>
    </div>
  )
}
