import { useNavigate } from '@tanstack/react-router'
import { ShieldAlert } from 'lucide-react'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { useText } from '../../text/useText.ts'
import { Need } from './Need.tsx'

/** No money can leave the account: who stopped it, since when, and the way out. Out of reach of the service, that it is so. */
export function LockNeed({ since }: { readonly since: string }) {
  const { t, moment } = useText()
  const navigate = useNavigate()
  const { data } = useBridge('accountLock.state', {})
  const lock = data?.standing.find(({ by }) => by === 'service') ?? data?.standing[0]
  const isOurs = lock?.by === 'service'
  const title = t(lock ? `accountLock.standsTitle_${lock.by}` : 'accountLock.standsTitle')
  const go = () => void (isOurs ? navigate({ to: '/help', search: { about: title } }) : navigate({ to: '/settings', hash: 'freeze' }))
  return (
    <Need
      icon={<ShieldAlert className="icon stop" aria-hidden />}
      title={title}
      act={
        <Button size="small" onPress={go}>
          {t(isOurs ? 'accountLock.ask' : 'accountLock.see')}
        </Button>
      }
    >
      {t('accountLock.since', { at: moment(lock?.since ?? since), reason: lock?.reason ?? 'none' })}
      {isOurs && ` ${t('accountLock.liftedBy_service')}`}
      {lock?.opensAt && ` ${t('accountLock.opens', { at: moment(lock.opensAt) })}`}
    </Need>
  )
}
