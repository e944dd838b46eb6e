import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import type { DeviceView } from '#contracts/bridge/devices.ts'
import { placeName } from '#locales/places.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Tag } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { RenameDevice, RevokeDevice } from './DeviceDialogs.tsx'
import { DeviceEvents } from './DeviceEvents.tsx'

type Asked = { readonly what: 'rename' | 'revoke'; readonly device: DeviceView }

/** Where this account is signed in: naming a device, signing another one out, and what happened lately. */
export function Devices() {
  const { t } = useText()
  const { data, error, refetch } = useBridge('devices.list', {})
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  return (
    <section className="card stack" aria-labelledby="devices">
      <div>
        <h2 id="devices">{t('devices.title')}</h2>
        <p className="sub">{t('devices.sub')}</p>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={2} />}
      {data && (
        <ul className="rows">
          {data.devices.map(device => (
            <DeviceRow key={device.id} device={device} onAsk={what => setAsked({ what, device })} />
          ))}
        </ul>
      )}
      <DeviceEvents />
      {asked?.what === 'rename' && <RenameDevice device={asked.device} onClose={close} />}
      {asked?.what === 'revoke' && <RevokeDevice device={asked.device} onClose={close} />}
    </section>
  )
}

type RowProps = { readonly device: DeviceView; readonly onAsk: (what: Asked['what']) => void }

function DeviceRow({ device: { name, system, addedAt, usedAt, country, isThis }, onAsk }: RowProps) {
  const { t, locale, day, moment } = useText()
  const used = usedAt === null ? t('devices.usedUnknown') : t('devices.used', { at: moment(usedAt) })
  const facts = [system, t('devices.added', { at: day(addedAt) }), used, country === null ? '' : placeName(locale, country)]
  return (
    <li className="row">
      <span className="dot" aria-hidden>
        <MonitorSmartphone className="icon" />
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{name}</span>
          {isThis && <Tag kind="ok">{t('devices.thisOne')}</Tag>}
        </span>
        <span className="sub">{facts.filter(fact => fact !== '').join(' · ')}</span>
      </span>
      <span className="line">
        <Button size="small" onPress={() => onAsk('rename')} aria-label={`${t('devices.rename')}: ${name}`}>
          {t('devices.rename')}
        </Button>
        {!isThis && (
          <Button size="small" kind="danger" onPress={() => onAsk('revoke')} aria-label={`${t('devices.revoke')}: ${name}`}>
            {t('devices.revoke')}
          </Button>
        )}
      </span>
    </li>
  )
}
