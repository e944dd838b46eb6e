import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'

/** The way on for who has forgotten the app password: what it means, then an empty wallet. */
export function Forgotten({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useText()
  const { service } = useAppState()
  const begin = useBridgeAction('app.beginAnew')
  return (
    <Dialog title={t('start.forgottenTitle')} isOpen={isOpen} onClose={onClose}>
      <p>{t('start.forgottenMeans')}</p>
      {service.mode === 'sandbox' && <p>{t('start.forgottenSandbox')}</p>}
      {begin.failure && <FailurePanel failure={begin.failure} />}
      <div className="line">
        <Button kind="danger" onPress={() => void begin.run({})} isPending={begin.isRunning}>
          {t('start.afresh')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
