import { Link } from '@tanstack/react-router'
import { List } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { Movement } from '#contracts/bridge/history.ts'
import { localDay } from '#locales/dates.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { MovementCells } from '../../components/MovementRow.tsx'
import { EmptyState } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { latestPage } from './latestPage.ts'

type Day = { readonly day: string; readonly movements: readonly Movement[] }

/** Groups movements that come newest first by the day on which they happened here. */
function byDay(movements: readonly Movement[]): readonly Day[] {
  const days = Map.groupBy(movements, ({ at }) => localDay(new Date(at)))
  return [...days].map(([day, ofDay]) => ({ day, movements: ofDay }))
}

/** The latest movements, by day. New ones come by themselves, and only they move: what stood when the screen was drawn stands still. */
export function Latest() {
  const { t, nearDay } = useText()
  const { data, error, refetch } = useBridge('history.page', latestPage)
  const [first] = useState(() => new Set(data?.rows.map(({ id }) => id)))
  return (
    <section aria-labelledby="latest" className="latest">
      <div className="heading">
        <h2 id="latest">{t('home.latest')}</h2>
        <Link to="/activity">{t('home.allActivity')}</Link>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton />}
      {data?.rows.length === 0 && (
        <div className="rows">
          <EmptyState icon={<List className="icon" aria-hidden />} title={t('home.emptyTitle')}>
            {t('home.emptySub')}
          </EmptyState>
        </div>
      )}
      {data &&
        byDay(data.rows).map(({ day, movements }) => (
          <Fragment key={day}>
            <h3 className="day">{nearDay(movements[0]?.at ?? day)}</h3>
            <div className="rows">
              {movements.map(movement => (
                <Link
                  key={movement.id}
                  to="/activity"
                  search={{ id: movement.id }}
                  className={first.has(movement.id) ? 'row' : 'row fresh'}
                >
                  <MovementCells movement={movement} />
                </Link>
              ))}
            </div>
          </Fragment>
        ))}
    </section>
  )
}
