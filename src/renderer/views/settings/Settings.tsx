import { useText } from '../../text/useText.ts'
import { Identity } from '../identity/Identity.tsx'
import { Limits } from '../limits/Limits.tsx'
import { AccountFreeze } from './AccountFreeze.tsx'
import { AccountSettings } from './AccountSettings.tsx'
import { Appearance } from './Appearance.tsx'
import { AppLock } from './AppLock.tsx'
import { Devices } from './Devices.tsx'
import { ProviderSettings } from './ProviderSettings.tsx'
import { RecoveryKit } from './RecoveryKit.tsx'
import { SecuritySettings } from './SecuritySettings.tsx'

/** Language and looks, limits, security, freezing the account, devices, the way back in, when it locks, what was checked of the service, account. */
export function Settings() {
  const { t } = useText()
  return (
    <div className="page reading stack sections">
      <h1>{t('settings.title')}</h1>
      <Appearance />
      <Identity />
      <Limits />
      <SecuritySettings />
      <AccountFreeze />
      <Devices />
      <RecoveryKit />
      <AppLock />
      <ProviderSettings />
      <AccountSettings />
    </div>
  )
}
