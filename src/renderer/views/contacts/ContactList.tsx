import { Store, UserPlus, Users, UserX } from 'lucide-react'
import type { ContactView } from '#contracts/bridge/personal.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState, Tag } from '../../components/Notice.tsx'
import { initial } from '../../text/initial.ts'
import { useText } from '../../text/useText.ts'

type ContactListProps = {
  readonly contacts: readonly ContactView[]
  /** There are contacts, though none may match. */
  readonly hasOthers: boolean
  readonly picked: string | undefined
  readonly onPick: (id: string) => void
  readonly onAdd: () => void
  readonly onClear: () => void
}

/** Contacts in the order of the person's language. */
export function ContactList({ contacts, hasOthers, picked, onPick, onAdd, onClear }: ContactListProps) {
  const { t, locale } = useText()
  if (contacts.length === 0) {
    return hasOthers ? (
      <EmptyState
        icon={<UserX className="icon" aria-hidden />}
        title={t('contacts.noneTitle')}
        acts={<Button onPress={onClear}>{t('contacts.clear')}</Button>}
      >
        {t('contacts.noneSub')}
      </EmptyState>
    ) : (
      <EmptyState
        icon={<Users className="icon" aria-hidden />}
        title={t('contacts.emptyTitle')}
        acts={
          <Button onPress={onAdd}>
            <UserPlus className="icon" aria-hidden />
            {t('contacts.add')}
          </Button>
        }
      >
        {t('contacts.emptySub')}
      </EmptyState>
    )
  }
  const { compare } = new Intl.Collator(locale)
  const inOrder = contacts.toSorted((a, b) => compare(a.name, b.name))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keys
    <section className="scroller" tabIndex={0} aria-label={t('contacts.list')}>
      <ul className="rows">
        {inOrder.map(contact => (
          <li key={contact.id}>
            <ContactRow contact={contact} isPicked={contact.id === picked} onPick={onPick} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type RowProps = { readonly contact: ContactView; readonly isPicked: boolean; readonly onPick: (id: string) => void }

function ContactRow({ contact: { id, kind, name, email, note, kept }, isPicked, onPick }: RowProps) {
  const { t } = useText()
  const [firstLine = ''] = note.split('\n')
  const sub = [kind === 'shop' ? t('contacts.kind_shop') : email, firstLine].filter(part => part !== '')
  return (
    <button type="button" className="row" onClick={() => onPick(id)} {...(isPicked ? { 'aria-current': 'true' as const } : {})}>
      <span className="dot" aria-hidden>
        {kind === 'shop' ? <Store className="icon" /> : initial(name)}
      </span>
      <span className="grow">
        <span className="row-title">
          <span>{name}</span>
          {kept === 'here' && <Tag kind="wait">{t('contacts.onlyHere')}</Tag>}
        </span>
        <span className="sub one-line">{sub.length > 0 ? sub.join(' · ') : t(`contacts.kind_${kind}`)}</span>
      </span>
    </button>
  )
}
