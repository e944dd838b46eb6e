import { Link } from '@tanstack/react-router'
import { BadgeCheck, CircleAlert, Command, Settings as Gear, Lock } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { useText } from '../text/useText.ts'
import { places } from './places.ts'
import { SandboxWords } from './SandboxWords.tsx'
import { useAppState } from './useAppState.ts'
import { keyName } from './useShortcuts.ts'

const activeOnly = { exact: false } as const
const exactOnly = { exact: true } as const

/** The places by their digits; at the foot the settings, the sandbox, the state of the service, and the lock. */
export function Side({ onLock, onPalette }: { readonly onLock: () => void; readonly onPalette: () => void }) {
  const { t } = useText()
  const { service } = useAppState()
  const isOnline = service.status === 'online'
  const StatusIcon = isOnline ? BadgeCheck : CircleAlert
  return (
    <aside className="side">
      <div className="mark">
        <span className="seal" aria-hidden>
          OK
        </span>
        {t('app.name')}
      </div>
      <nav className="nav" aria-label={t('app.navigation')}>
        {places.map(({ to, key, Icon }, index) => (
          <Link key={to} to={to} activeOptions={to === '/' ? exactOnly : activeOnly} aria-keyshortcuts={String(index + 1)}>
            <Icon className="icon" aria-hidden />
            {t(`app.${key}`)}
            <kbd aria-hidden>{index + 1}</kbd>
          </Link>
        ))}
      </nav>
      <div className="foot">
        {service.isSandbox && (
          <div className="sandbox">
            <SandboxWords />
          </div>
        )}
        <div className={isOnline ? 'foot-line ok' : 'foot-line wait'} role="status">
          <StatusIcon className="icon" aria-hidden />
          {t(`app.service_${service.status}`)}
        </div>
        <div className="nav">
          <Link to="/settings">
            <Gear className="icon" aria-hidden />
            {t('app.settings')}
          </Link>
        </div>
        <AriaButton className="foot-line" onPress={onPalette}>
          <Command className="icon" aria-hidden />
          {t('palette.hint')} <kbd aria-hidden>{keyName('K')}</kbd>
        </AriaButton>
        <AriaButton className="foot-line" onPress={onLock}>
          <Lock className="icon" aria-hidden />
          {t('app.lock')} <kbd aria-hidden>{keyName('L')}</kbd>
        </AriaButton>
      </div>
    </aside>
  )
}
