import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { ContactView } from '#contracts/bridge/personal.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextBox, TextField } from '../../components/fields.tsx'
import { Kept } from '../../components/Kept.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useSaveContact } from '../../components/useSaveContact.ts'
import { useText } from '../../text/useText.ts'
import { useRemoval } from './useRemoval.ts'

type DetailProps = { readonly id: string; readonly isNew: boolean; readonly onPick: (id: string | undefined) => void }

/** One contact, or the form of a new one. */
export function ContactDetail({ id, isNew, onPick }: DetailProps) {
  const { t } = useText()
  const { data, error, refetch } = useBridge('contacts.list', {})
  const contact = data?.contacts.find(one => one.id === id)
  return (
    <div className="stack loose">
      <div className="narrow-only">
        <Button kind="plain" onPress={() => onPick(undefined)}>
          <ArrowLeft className="icon flip" aria-hidden />
          {t('app.back')}
        </Button>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && !contact && !isNew && <p className="empty sub">{t('contacts.gone')}</p>}
      {data && (contact || isNew) && <ContactForm id={id} contact={contact} onPick={onPick} />}
    </div>
  )
}

type FormProps = { readonly id: string; readonly contact: ContactView | undefined; readonly onPick: DetailProps['onPick'] }
type Edited = { readonly name?: string; readonly email?: string; readonly note?: string }

const problemFields = { contact_name_invalid: 'name', email_invalid: 'email', note_too_long: 'note' } as const
const fieldOf = (code: string): keyof Edited | undefined => Object.entries(problemFields).find(([known]) => known === code)?.[1]

/** Only what was edited is saved, so that what another device changed meanwhile stays. */
function ContactForm({ id, contact, onPick }: FormProps) {
  const { t, failure: say } = useText()
  const save = useSaveContact()
  const { remove, failure: notRemoved } = useRemoval(onPick)
  const [edited, setEdited] = useState<Edited>({})
  const edit = (part: Edited) => setEdited({ ...edited, ...part })
  const hasChanges = Object.entries(edited).some(([field, value]) => value !== (contact?.[field as keyof Edited] ?? ''))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await save.run({ id, ...(contact ? edited : { name: '', ...edited }) })
    if (!saved) return
    setEdited({})
    if (!contact) onPick(id)
  }
  const refused = save.failure && fieldOf(save.failure.text.code)
  const problemOf = (field: keyof Edited): string | undefined =>
    save.failure && refused === field ? say(save.failure.text).whole : undefined
  return (
    <form className="stack" onSubmit={event => void submit(event)} aria-labelledby="contact-title" noValidate>
      <header className="stack tight">
        <h2 className="contact-title" id="contact-title">
          {contact ? contact.name : t('contacts.newTitle')}
        </h2>
        {contact?.kind === 'shop' && <p className="sub">{t('contacts.shopHint')}</p>}
      </header>
      <TextField
        label={t('contacts.name')}
        value={edited.name ?? contact?.name ?? ''}
        onChange={name => edit({ name })}
        autoComplete="off"
        autoFocus={!contact}
        problem={problemOf('name')}
      />
      {contact?.kind !== 'shop' && (
        <TextField
          label={t('contacts.email')}
          hint={t('contacts.emailHint')}
          type="email"
          value={edited.email ?? contact?.email ?? ''}
          onChange={email => edit({ email })}
          autoComplete="off"
          spellCheck="false"
          problem={problemOf('email')}
        />
      )}
      <TextBox
        label={t('contacts.note')}
        placeholder={t('contacts.notePlaceholder')}
        hint={t('contacts.hint')}
        value={edited.note ?? contact?.note ?? ''}
        onChange={note => edit({ note })}
        problem={problemOf('note')}
      />
      {save.failure && !refused && <FailurePanel failure={save.failure} />}
      {notRemoved && <FailurePanel failure={notRemoved} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={save.isRunning} isDisabled={contact !== undefined && !hasChanges}>
          {t(contact ? 'contacts.save' : 'contacts.create')}
        </Button>
        {contact && (
          <Button kind="danger" onPress={() => void remove(contact)}>
            {t('contacts.remove')}
          </Button>
        )}
      </div>
      {contact && (hasChanges ? <p className="kept">{t('contacts.unsaved')}</p> : <Kept kept={contact.kept} />)}
      {contact && (
        <p>
          <Link to="/activity" search={{ query: contact.name }} className="textlink">
            {t('contacts.payments')}
          </Link>
        </p>
      )}
    </form>
  )
}
