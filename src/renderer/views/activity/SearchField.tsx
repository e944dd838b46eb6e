import type { HistoryPage } from '#contracts/bridge/history.ts'
import { SearchBox } from '../../components/SearchBox.tsx'
import { useText } from '../../text/useText.ts'

type SearchFieldProps = {
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly count: HistoryPage['count'] | undefined
}

/** Searches the history, and says how many match. */
export function SearchField({ query, onQuery, count }: SearchFieldProps) {
  const { t, number } = useText()
  const counted = count && t('activity.count', { count: count.value })
  const said = count && !count.exact ? t('activity.countMore', { count: number(count.value) }) : counted
  return (
    <SearchBox
      label={t('activity.search')}
      placeholder={t('activity.searchPlaceholder')}
      query={query}
      onQuery={onQuery}
      said={said}
      keyHint="/"
    />
  )
}
