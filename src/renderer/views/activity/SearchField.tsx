import { Search, X } from 'lucide-react'
import { Button as AriaButton, SearchField as AriaSearchField, Input } from 'react-aria-components'
import type { HistoryPage } from '#contracts/bridge/history.ts'
import { useText } from '../../text/useText.ts'

type SearchFieldProps = {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly count: HistoryPage['count'] | undefined
}

/** Searches while one types; says how many match, also to those who listen. Escape empties it. */
export function SearchField({ query, onQuery, count }: SearchFieldProps) {
  const { t, number } = useText()
  const counted = count && t('activity.count', { count: count.value })
  const said = count && !count.exact ? t('activity.countMore', { count: number(count.value) }) : counted
  return (
    <AriaSearchField aria-label={t('activity.search')} value={query} onChange={onQuery} className="search">
      <div className="input">
        <Search className="icon" aria-hidden />
        <Input placeholder={t('activity.searchPlaceholder')} />
        <span className="sub figures" role="status">
          {said}
        </span>
        {query === '' ? (
          <kbd aria-hidden>/</kbd>
        ) : (
          <AriaButton className="btn plain square small">
            <X className="icon" aria-hidden />
          </AriaButton>
        )}
      </div>
    </AriaSearchField>
  )
}
