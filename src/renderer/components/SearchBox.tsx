import { Search, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, SearchField as AriaSearchField, Input } from 'react-aria-components'

type SearchBoxProps = {
  readonly label: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** How many match: told to those who listen, too. */
  readonly said: ReactNode
  /** The key that leads here, where there is one. */
  readonly keyHint?: string
}

/** Searches while one types. Escape empties it. */
export function SearchBox({ label, placeholder, query, onQuery, said, keyHint }: SearchBoxProps) {
  return (
    <AriaSearchField aria-label={label} value={query} onChange={onQuery} className="search">
      <div className="input">
        <Search className="icon" aria-hidden />
        <Input placeholder={placeholder} />
        <span className="sub figures" role="status">
          {said}
        </span>
        {query !== '' && (
          <AriaButton className="btn plain square small">
            <X className="icon" aria-hidden />
          </AriaButton>
        )}
        {query === '' && keyHint !== undefined && <kbd aria-hidden>{keyHint}</kbd>}
      </div>
    </AriaSearchField>
  )
}
