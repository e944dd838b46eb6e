import { useText } from '../../text/useText.ts'
import { AccountSettings } from './AccountSettings.tsx'
import { Appearance } from './Appearance.tsx'
import { Limits } from './Limits.tsx'
import { ProviderSettings } from './ProviderSettings.tsx'
import { SecuritySettings } from './SecuritySettings.tsx'

/** Language and looks, limits, security, what was checked of the service, account. */
export function Settings() {
  const { t } = useText()
  return (
    <div className="page reading stack sections">
      <h1>{t('settings.title')}</h1>
      <Appearance />
      <Limits />
      <SecuritySettings />
      <ProviderSettings />
      <AccountSettings />
    </div>
  )
}
