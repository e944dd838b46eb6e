import type { TopUp } from '#contracts/wire/shapes.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'

/** The labelled button of the sandbox: the simulated bank writes a real file, which goes through the same import. */
export function SandboxBank({ topUp }: { readonly topUp: TopUp }) {
  const { t, amount: write } = useText()
  const { service } = useAppState()
  const simulate = useBridgeAction('topUps.simulateTransfer')
  if (service.mode !== 'sandbox') return null
  const amount = write(topUp.amount)
  return (
    <Notice kind="sandbox">
      <div className="stack tight">
        <b>{t('topUp.simulateTitle')}</b>
        <p>{t('topUp.simulateSub')}</p>
        {simulate.failure && <FailurePanel failure={simulate.failure} />}
        <Button size="small" onPress={() => void simulate.run({ id: topUp.id })} isPending={simulate.isRunning}>
          {t('topUp.simulate', { amount })}
        </Button>
      </div>
    </Notice>
  )
}
