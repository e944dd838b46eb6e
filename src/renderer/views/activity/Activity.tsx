import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useState } from 'react'
import { useText } from '../../text/useText.ts'
import { Filters, noChoice, toFilter } from './Filters.tsx'
import { MovementDetail } from './MovementDetail.tsx'
import { MovementList } from './MovementList.tsx'
import { SearchField } from './SearchField.tsx'
import { usePages } from './usePages.ts'

const route = getRouteApi('/activity')

/** Every movement: list and detail side by side, one above the other where the window is narrow. */
export function Activity() {
  const { t } = useText()
  const { id, query: asked, label } = route.useSearch()
  const navigate = route.useNavigate()
  const [query, setQuery] = useState(asked ?? '')
  const [lastAsked, setLastAsked] = useState(asked)
  if (asked !== lastAsked) {
    setLastAsked(asked)
    if (asked !== undefined) setQuery(asked)
  }
  const [choice, setChoice] = useState(label === undefined ? noChoice : { ...noChoice, label })
  const [lastLabel, setLastLabel] = useState(label)
  if (label !== lastLabel) {
    setLastLabel(label)
    if (label !== undefined) setChoice({ ...noChoice, label })
  }
  const searched = useDeferredValue(query)
  const pages = usePages(toFilter(choice, searched))
  const pick = useCallback(
    (picked: string | undefined) => void navigate({ search: picked === undefined ? {} : { id: picked }, replace: true }),
    [navigate],
  )
  const clear = () => {
    setQuery('')
    setChoice(noChoice)
  }
  return (
    <div className={id === undefined ? 'split' : 'split picked'}>
      <section className="split-list" aria-label={t('activity.title')}>
        <h1>{t('activity.title')}</h1>
        <SearchField query={query} onQuery={setQuery} count={pages.count} />
        <Filters choice={choice} onChoice={setChoice} />
        <MovementList pages={pages} isFiltered={query !== '' || choice !== noChoice} picked={id} onPick={pick} onClear={clear} />
      </section>
      <aside className="split-detail" aria-label={t('activity.detail')}>
        {id === undefined ? (
          <p className="empty sub">{t('activity.pick')}</p>
        ) : (
          <MovementDetail key={id} id={id} onClose={() => pick(undefined)} />
        )}
      </aside>
    </div>
  )
}
