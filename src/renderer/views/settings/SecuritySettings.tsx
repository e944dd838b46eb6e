import { useAppState } from '../../app/useAppState.ts'
import { keyName } from '../../app/useShortcuts.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { useText } from '../../text/useText.ts'

/** What protects the wallet, and locking it. */
export function SecuritySettings() {
  const { t } = useText()
  const { hasPassword } = useAppState()
  const lock = useBridgeAction('app.lock')
  return (
    <section className="card stack" aria-labelledby="security">
      <h2 id="security">{t('settings.security')}</h2>
      <p>{t(hasPassword ? 'settings.security_password' : 'settings.security_keychain')}</p>
      <div>
        <Button onPress={() => void lock.run({})}>
          {t('settings.lockNow')} <kbd aria-hidden>{keyName('L')}</kbd>
        </Button>
      </div>
    </section>
  )
}
