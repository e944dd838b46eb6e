import { useState } from 'react'
import { useAppState } from '../../app/useAppState.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'
import { AppPassword } from './AppPassword.tsx'
import { DatabaseKey } from './DatabaseKey.tsx'

const minutes = [1, 5, 10, 30] as const
type Choice = `${(typeof minutes)[number]}` | 'never'
const choices: readonly Choice[] = ['1', '5', '10', '30', 'never']

/** When the wallet locks by itself, the password that opens it, and the key under which it lies on the disk. */
export function AppLock() {
  const { t } = useText()
  const { shell } = useAppState()
  const { data: state, refetch } = useBridge('vault.state', {})
  const change = useBridgeAction('vault.lockWhen')
  const [isAsking, setAsking] = useState(false)
  if (!state) return null
  const { lockAfterMinutes, lockOnHide } = state
  const lockWhen = async (afterMinutes: typeof lockAfterMinutes, onHide: boolean, consent: boolean) => {
    await change.run({ afterMinutes, onHide, consent })
    setAsking(false)
    void refetch()
  }
  const choose = (choice: Choice) => {
    const afterMinutes = minutes.find(count => String(count) === choice)
    if (afterMinutes === undefined) setAsking(true)
    else void lockWhen(afterMinutes, lockOnHide, false)
  }
  return (
    <section className="card stack" aria-labelledby="applock">
      <h2 id="applock">{t('vault.lock')}</h2>
      <Choices
        label={t('vault.lock')}
        isInline
        isLabelHidden
        value={lockAfterMinutes === null ? 'never' : (String(lockAfterMinutes) as Choice)}
        onChange={choose}
        choices={choices.map(id => ({ id, name: t(`vault.lock_${id}`) }))}
      />
      <p className="hint">{t(shell === 'loopback' ? 'vault.lockHint_browser' : 'vault.lockHint')}</p>
      <Choices
        label={t('vault.hide')}
        isInline
        value={lockOnHide ? 'lock' : 'stay'}
        onChange={choice => void lockWhen(lockAfterMinutes, choice === 'lock', lockAfterMinutes === null)}
        choices={[
          { id: 'stay', name: t('vault.hide_stay') },
          { id: 'lock', name: t('vault.hide_lock') },
        ]}
      />
      {change.failure && <FailurePanel failure={change.failure} />}
      <AppPassword />
      <DatabaseKey changedAt={state.databaseKeyAt} onChanged={() => void refetch()} />
      <Dialog title={t('vault.lockNeverTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{t('vault.lockNeverMeans')}</p>
        <div className="line">
          <Button kind="danger" onPress={() => void lockWhen(null, lockOnHide, true)} isPending={change.isRunning}>
            {t('vault.lockNeverAct')}
          </Button>
          <Button kind="plain" onPress={() => setAsking(false)}>
            {t('app.cancel')}
          </Button>
        </div>
      </Dialog>
    </section>
  )
}
