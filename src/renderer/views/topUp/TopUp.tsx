import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowDownToLine } from 'lucide-react'
import type { TopUp as TopUpOf } from '#contracts/wire/shapes.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Amount } from '../../components/Amount.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { EmptyState, Tag } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { TopUpForm } from './TopUpForm.tsx'

const route = getRouteApi('/top-up')

export const topUpTag = { instructed: 'wait', detected: 'wait', credited: 'ok', cancelled: undefined, expired: undefined } as const

/** Money in by bank: a new one, and those before. */
export function TopUp() {
  const { t } = useText()
  const { currency, amount, order } = route.useSearch()
  const { data, error, refetch } = useBridge('topUps.list', {})
  return (
    <div className="page">
      <div className="cols">
        <TopUpForm key={`${currency} ${amount}`} askedCurrency={currency} askedAmount={amount} order={order} />
        <section aria-labelledby="top-ups">
          <div className="heading">
            <h2 id="top-ups">{t('topUp.current')}</h2>
          </div>
          {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
          {!data && !error && <RowsSkeleton rows={2} />}
          {data?.topUps.length === 0 && (
            <EmptyState icon={<ArrowDownToLine className="icon" aria-hidden />} title={t('topUp.emptyTitle')}>
              {t('topUp.emptySub')}
            </EmptyState>
          )}
          {data && data.topUps.length > 0 && (
            <div className="rows">
              {data.topUps.map(topUp => (
                <TopUpRow key={topUp.id} topUp={topUp} />
              ))}
            </div>
          )}
        </section>
      </div>
    </div>
  )
}

function TopUpRow({ topUp }: { readonly topUp: TopUpOf }) {
  const { t, day } = useText()
  const { id, state, amount, credited, timeline } = topUp
  const began = timeline[0]?.at
  return (
    <Link to="/top-up/$id" params={{ id }} className="row two">
      <span className="stack tight">
        <Tag kind={topUpTag[state]}>{t(`topUp.state_${state}`)}</Tag>
        {began !== undefined && <span className="sub">{day(began)}</span>}
      </span>
      <Amount of={credited ?? amount} isSigned={state === 'credited'} />
    </Link>
  )
}
