import { useVirtualizer } from '@tanstack/react-virtual'
import { ListX, Receipt } from 'lucide-react'
import { memo, useCallback, useEffect, useRef } from 'react'
import type { Movement } from '#contracts/bridge/history.ts'
import { localDay } from '#locales/dates.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { MovementCells } from '../../components/MovementRow.tsx'
import { EmptyState } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import type { Pages } from './usePages.ts'

type MovementListProps = {
  readonly pages: Pages
  readonly isFiltered: boolean
  readonly picked: string | undefined
  readonly onPick: (id: string) => void
  readonly onClear: () => void
}

const rowPx = 57
const dayPx = 34
const beyondRows = 8

const days = new WeakMap<Movement, string>()

/** The day on which a movement happened here; worked out once, however long the list grows. */
function dayOf(movement: Movement): string {
  const known = days.get(movement)
  if (known !== undefined) return known
  const day = localDay(new Date(movement.at))
  days.set(movement, day)
  return day
}

const isNewDay = (rows: readonly Movement[], index: number): boolean => {
  const [here, before] = [rows[index], rows[index - 1]]
  return here !== undefined && (before === undefined || dayOf(here) !== dayOf(before))
}

/** The rows. Only those near the window exist in the page, so that 100,000 scroll as ten do. */
export function MovementList({ pages, isFiltered, picked, onPick, onClear }: MovementListProps) {
  const { t } = useText()
  if (pages.failure) return <FailurePanel failure={pages.failure} acts={{ retry: pages.retry }} />
  if (pages.isLoading) return <RowsSkeleton rows={8} />
  if (pages.rows.length === 0) {
    return isFiltered ? (
      <EmptyState
        icon={<ListX className="icon" aria-hidden />}
        title={t('activity.noneTitle')}
        acts={<Button onPress={onClear}>{t('activity.clear')}</Button>}
      >
        {t('activity.noneSub')}
      </EmptyState>
    ) : (
      <EmptyState icon={<Receipt className="icon" aria-hidden />} title={t('activity.emptyTitle')}>
        {t('activity.emptySub')}
      </EmptyState>
    )
  }
  return <Rows pages={pages} picked={picked} onPick={onPick} />
}

function Rows({ pages, picked, onPick }: Pick<MovementListProps, 'pages' | 'picked' | 'onPick'>) {
  const { t, nearDay } = useText()
  const { rows, hasOlder, loadOlder } = pages
  const scroller = useRef<HTMLElement>(null)
  // Both are kept while the rows are the same: a new function would make the virtualiser measure every row of the list again.
  const estimateSize = useCallback((index: number) => rowPx + (isNewDay(rows, index) ? dayPx : 0), [rows])
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: beyondRows,
    getItemKey,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasOlder && lastShown >= rows.length - beyondRows * 3) loadOlder()
  }, [hasOlder, lastShown, rows.length, loadOlder])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keys
    <section className="scroller" ref={scroller} tabIndex={0} aria-label={t('activity.list')}>
      <ol className="virtual" style={{ blockSize: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const movement = rows[index]
          if (!movement) return null
          return (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={hasOlder ? -1 : rows.length}
              aria-posinset={index + 1}
            >
              {isNewDay(rows, index) && <h2 className="day">{nearDay(movement.at)}</h2>}
              <ListRow movement={movement} isPicked={movement.id === picked} onPick={onPick} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

type ListRowProps = { readonly movement: Movement; readonly isPicked: boolean; readonly onPick: (id: string) => void }

/** A plain button: hundreds of these come and go in one scroll. */
const ListRow = memo(function ListRow({ movement, isPicked, onPick }: ListRowProps) {
  return (
    <button type="button" className="row" onClick={() => onPick(movement.id)} {...(isPicked ? { 'aria-current': 'true' as const } : {})}>
      <MovementCells movement={movement} />
    </button>
  )
})
