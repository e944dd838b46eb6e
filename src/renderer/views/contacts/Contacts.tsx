import { getRouteApi } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { failureOf } from '../../bridge/failure.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { SearchBox } from '../../components/SearchBox.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { ContactDetail } from './ContactDetail.tsx'
import { ContactList } from './ContactList.tsx'

const route = getRouteApi('/contacts')

/** People and shops that one pays: list and one of them side by side, one above the other where the window is narrow. */
export function Contacts() {
  const { t } = useText()
  const { id, made } = route.useSearch()
  const navigate = route.useNavigate()
  const [query, setQuery] = useState('')
  const searched = useDeferredValue(query.trim())
  const { data, error, refetch } = useBridge('contacts.list', searched === '' ? {} : { query: searched }, { keepsLast: true })
  const pick = (picked: string | undefined) => void navigate({ search: picked === undefined ? {} : { id: picked }, replace: true })
  // The id of a wish is made before it: `made` keeps the empty form the same one when it is looked at again.
  const add = () => void navigate({ search: { made: newId() }, replace: true })
  const shown = id ?? made
  return (
    <div className={shown === undefined ? 'split' : 'split picked'}>
      <section className="split-list" aria-label={t('contacts.title')}>
        <div className="spread">
          <h1>{t('contacts.title')}</h1>
          <Button size="small" onPress={add}>
            <UserPlus className="icon" aria-hidden />
            {t('contacts.add')}
          </Button>
        </div>
        <SearchBox
          label={t('contacts.search')}
          placeholder={t('contacts.searchPlaceholder')}
          query={query}
          onQuery={setQuery}
          said={data && t('contacts.count', { count: data.contacts.length })}
        />
        {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
        {!data && !error && <RowsSkeleton rows={6} />}
        {data && (
          <ContactList
            contacts={data.contacts}
            hasOthers={data.total > 0}
            picked={shown}
            onPick={pick}
            onAdd={add}
            onClear={() => setQuery('')}
          />
        )}
      </section>
      <aside className="split-detail" aria-label={t('contacts.detail')}>
        {shown === undefined ? (
          data?.total !== 0 && <p className="empty sub">{t('contacts.pick')}</p>
        ) : (
          <ContactDetail key={shown} id={shown} isNew={id === undefined} onPick={pick} />
        )}
      </aside>
    </div>
  )
}
