import { useEffect } from 'react'
import type { SecurityOverview } from '#contracts/bridge/securityCentre.ts'
import { summaryOf } from '#core/securityCentre/review.ts'
import { sumChecks } from '#locales/checks.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { DeviceEvents } from '../settings/DeviceEvents.tsx'
import { Advice } from './Advice.tsx'
import { CheckLine } from './CheckLine.tsx'
import { MailsSent } from './MailsSent.tsx'

/** "Am I safe?": what is good and what is missing, each with the one button that betters it; then what happened, what we wrote, and what to know. */
export function SecurityCentre() {
  const { t } = useText()
  const { data, error, refetch } = useBridge('securityCentre.overview', {})
  // The vault tells no news: what was changed in the settings is asked for when one comes back.
  useEffect(() => void refetch(), [refetch])
  return (
    <div className="page reading stack sections">
      <div>
        <h1>{t('securityCentre.title')}</h1>
        <p className="sub">{t('securityCentre.ask')}</p>
      </div>
      {error && !data && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={6} />}
      {data && <Summary rows={data.rows} />}
      {data && (
        <section className="card" aria-labelledby="checks">
          <h2 id="checks">{t('securityCentre.checked')}</h2>
          <ul className="checks">
            {data.rows.map(row => (
              <CheckLine key={row.check} row={row} limits={data.limits} hasFactor={hasFactor(data)} onAgain={() => void refetch()} />
            ))}
          </ul>
        </section>
      )}
      <section className="card" aria-label={t('devices.events')}>
        <DeviceEvents />
      </section>
      <MailsSent />
      <Advice />
    </div>
  )
}

const hasFactor = ({ rows }: Pick<SecurityOverview, 'rows'>): boolean =>
  rows.some(({ check, finding }) => check === 'second_factor' && finding !== 'factor_none' && finding !== 'unreachable')

function Summary({ rows }: Pick<SecurityOverview, 'rows'>) {
  const { t, locale } = useText()
  const worst = summaryOf(rows.map(({ state }) => state))
  return (
    <Notice kind={worst === 'good' || worst === 'better' ? 'proof' : 'warning'} title={t(`securityCentre.sum_${worst}`)}>
      {sumChecks(locale, rows).map(line => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  )
}
