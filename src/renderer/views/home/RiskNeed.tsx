import { ShieldAlert } from 'lucide-react'
import type { RiskAlertView } from '#contracts/bridge/risk.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { RiskReasons } from '../../components/RiskReasons.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'
import { Need } from './Need.tsx'

/** Whether an alert still wants a word of the person: not where they have given one, or have just confirmed the payment here. */
export const asksPerson = ({ state, answer, isThisDevice }: RiskAlertView): boolean =>
  answer === null && state !== 'approved' && state !== 'denied' && !(state === 'confirmed' && isThisDevice)

/** A payment that looked unusual: what was seen, and whether it was the person. */
export function RiskNeed({ alert }: { readonly alert: RiskAlertView }) {
  const { t, moment } = useText()
  const amountText = useAmountText()
  const announce = useAnnounce()
  const answer = useBridgeAction('risk.answer')
  const say = async (mine: boolean) => {
    if (await answer.run({ id: newId(), alertId: alert.id, mine }))
      announce({ kind: 'good', words: t(mine ? 'risk.thanks' : 'risk.stopped') })
  }
  return (
    <Need
      icon={<ShieldAlert className="icon stop" aria-hidden />}
      title={t(`risk.title_${alert.state}`, { amount: amountText(alert.amount), shop: alert.shop })}
      below={
        <>
          <RiskReasons reasons={alert.reasons} />
          {answer.failure && <FailurePanel failure={answer.failure} />}
        </>
      }
      act={
        <>
          <Button size="small" onPress={() => void say(false)} isPending={answer.isRunning}>
            {t('risk.notMe')}
          </Button>
          <Button size="small" kind="plain" onPress={() => void say(true)} isPending={answer.isRunning}>
            {t('risk.me')}
          </Button>
        </>
      }
    >
      {t('risk.from', { device: alert.device.name, at: moment(alert.at) })}{' '}
      {alert.endsAt !== null && t('risk.until', { at: moment(alert.endsAt) })}{' '}
      {t(alert.isThisDevice ? 'risk.notMeDoesHere' : 'risk.notMeDoes')}
    </Need>
  )
}
