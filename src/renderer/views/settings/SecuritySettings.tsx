import { Link } from '@tanstack/react-router'
import { useAppState } from '../../app/useAppState.ts'
import { keyName } from '../../app/useShortcuts.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'
import { FactorSettings } from './FactorSettings.tsx'
import { PasswordSettings } from './PasswordSettings.tsx'

/** What protects the wallet and the account, and locking it. */
export function SecuritySettings() {
  const { t } = useText()
  const { hasPassword } = useAppState()
  const lock = useBridgeAction('app.lock')
  const { data: state, error, refetch } = useBridge('secondFactor.state', {})
  return (
    <section className="card stack" aria-labelledby="security">
      <div>
        <h2 id="security">{t('settings.security')}</h2>
        <p className="sub">
          <Link to="/security">{t('securityCentre.open')}</Link>
        </p>
      </div>
      {error && !state && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {state && <FactorSettings state={state} />}
      {state && <PasswordSettings state={state} />}
      <p>{t(hasPassword ? 'settings.security_password' : 'settings.security_keychain')}</p>
      <div>
        <Button onPress={() => void lock.run({})}>
          {t('settings.lockNow')} <kbd aria-hidden>{keyName('L')}</kbd>
        </Button>
      </div>
    </section>
  )
}
