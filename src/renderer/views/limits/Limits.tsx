import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Limit } from '#contracts/wire/shapes.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { DayZone } from './DayZone.tsx'
import { LimitLine } from './LimitLine.tsx'
import { RaiseDialog } from './RaiseDialog.tsx'
import { SetLimitDialog } from './SetLimitDialog.tsx'

const route = getRouteApi('/settings')

/** What may be paid, what of it is used and when that frees up; setting it oneself, and asking for more. */
export function Limits() {
  const { t } = useText()
  const { raise } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useBridge('limits.overview', {})
  const [changed, setChanged] = useState<Limit['kind']>()
  const own = data?.limits.filter(({ rail }) => rail === null) ?? []
  const ofCrypto = data?.limits.filter(({ rail }) => rail === 'crypto') ?? []
  const raised = own.find(({ kind }) => kind === raise)
  const set = own.find(({ kind }) => kind === changed)
  return (
    <section className="card stack" aria-labelledby="limits">
      <div>
        <h2 id="limits">{t('settings.limits')}</h2>
        <p className="sub">{t('settings.limitsSub')}</p>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={3} />}
      {own.map(limit => (
        <LimitLine
          key={limit.kind}
          limit={limit}
          title={t(`settings.limit_${limit.kind}`)}
          onSet={() => setChanged(limit.kind)}
          onRaise={() => void navigate({ search: { raise: limit.kind } })}
        />
      ))}
      {ofCrypto.length > 0 && (
        <div className="limit stack">
          <p className="sub">{t('limits.cryptoSub')}</p>
          {ofCrypto.map(limit => (
            <LimitLine key={limit.kind} limit={limit} title={t(`limits.crypto_${limit.kind}`)} />
          ))}
        </div>
      )}
      {data && data.timeZone !== '' && <DayZone zone={data.timeZone} here={data.here} />}
      {set && <SetLimitDialog limit={set} onClose={() => setChanged(undefined)} />}
      {raised && raised.requested === null && <RaiseDialog limit={raised} onClose={() => void navigate({ search: {}, replace: true })} />}
    </section>
  )
}
