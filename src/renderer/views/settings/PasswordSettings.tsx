import { useState } from 'react'
import type { SafetyState } from '#contracts/bridge/secondFactor.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'
import { PasswordDialog } from './PasswordDialog.tsx'
import { useSafety } from './useSafety.ts'

/** How old the account password is, changing it, and stopping a new one that somebody else may have asked for. */
export function PasswordSettings({ state }: { readonly state: SafetyState }) {
  const { t, day, moment } = useText()
  const announce = useAnnounce()
  const { show } = useSafety()
  const stop = useBridgeAction('secondFactor.stopReset')
  const remind = useBridgeAction('secondFactor.remind')
  const [isChanging, setChanging] = useState(false)
  const { passwordChangedAt, resetAt, isPasswordOld, appSince, mailSince } = state
  const stopReset = async () => {
    if (show(await stop.run({}))) announce({ kind: 'good', words: t('security.resetStopped') })
  }
  const beQuiet = async () => show(await remind.run({ isOn: false }))
  return (
    <>
      {resetAt !== null && (
        <Notice kind="warning" title={t('security.resetTitle')}>
          <p>{t('security.resetSub', { at: moment(resetAt) })}</p>
          <Button kind="danger" onPress={() => void stopReset()} isPending={stop.isRunning}>
            {t('security.resetStop')}
          </Button>
        </Notice>
      )}
      {stop.failure && <FailurePanel failure={stop.failure} />}
      {isPasswordOld && (
        <Notice kind="proof">
          <p>{t('security.passwordOld')}</p>
          <Button size="small" onPress={() => void beQuiet()}>
            {t('security.passwordQuiet')}
          </Button>
        </Notice>
      )}
      <dl className="facts">
        <div>
          <dt>{t('security.password')}</dt>
          <dd>{t('security.passwordSince', { day: day(passwordChangedAt) })}</dd>
        </div>
      </dl>
      <div>
        <Button onPress={() => setChanging(true)}>{t('security.passwordAct')}</Button>
      </div>
      {isChanging && <PasswordDialog hasFactor={appSince !== null || mailSince !== null} onClose={() => setChanging(false)} />}
    </>
  )
}
