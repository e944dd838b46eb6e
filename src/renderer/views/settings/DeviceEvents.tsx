import { History } from 'lucide-react'
import { useBridge } from '../../bridge/useBridge.ts'
import { Tag } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'

/** What touched the safety of the account lately, newest first. */
export function DeviceEvents() {
  const { t, moment } = useText()
  const { data } = useBridge('devices.events', {})
  if (!data) return null
  return (
    <div className="stack">
      <h3>{t('devices.events')}</h3>
      {data.events.length === 0 ? (
        <p className="sub">{t('devices.eventsNone')}</p>
      ) : (
        <ul className="rows">
          {data.events.map(({ id, at, what, device, isThis }) => (
            <li key={id} className="row">
              <span className="dot" aria-hidden>
                <History className="icon" />
              </span>
              <span className="grow">
                <span className="row-title">
                  <span>{t(`devices.${what}`, { name: device.name })}</span>
                  {isThis && <Tag kind="ok">{t('devices.thisOne')}</Tag>}
                </span>
                <time className="sub" dateTime={at}>
                  {moment(at)}
                </time>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
