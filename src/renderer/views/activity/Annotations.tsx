import { Link } from '@tanstack/react-router'
import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextBox, TextField } from '../../components/fields.tsx'
import { Kept } from '../../components/Kept.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { useLabels, useNote } from './useAnnotation.ts'

/** So many of the labels that a person uses are offered at once. */
const mostOffered = 6

/** The person's own labels and note on a movement. */
export function Annotations({ id }: { readonly id: string }) {
  const { t } = useText()
  const { data, error, refetch } = useBridge('notes.of', { id })
  return (
    <section aria-labelledby="annotations">
      <h2 className="heading" id="annotations">
        {t('notes.title')}
      </h2>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={2} />}
      {data && (
        <div className="stack">
          <Labels id={id} labels={data.labels} />
          <Note id={id} note={data.note} kept={data.kept} />
        </div>
      )}
    </section>
  )
}

function Labels({ id, labels }: { readonly id: string; readonly labels: readonly string[] }) {
  const { t } = useText()
  const { data: known } = useBridge('notes.labels', {})
  const { add, remove, problem } = useLabels(id)
  const [typed, setTyped] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim() !== '' && (await add(typed))) setTyped('')
  }
  const here = new Set(labels.map(label => label.toLocaleLowerCase()))
  const offered = known?.labels.filter(({ label }) => !here.has(label.toLocaleLowerCase())).slice(0, mostOffered) ?? []
  return (
    <div className="stack tight">
      {labels.length > 0 && (
        <ul className="chips" aria-label={t('notes.labels')}>
          {labels.map(label => (
            <li className="chip label-chip" key={label}>
              <Link to="/activity" search={{ label }} aria-label={t('notes.show', { label })}>
                {label}
              </Link>
              <AriaButton className="chip-remove" aria-label={t('notes.remove', { label })} onPress={() => void remove(label)}>
                <X className="icon" aria-hidden />
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
      <form className="label-form" onSubmit={event => void submit(event)} noValidate>
        <TextField
          label={t('notes.label')}
          placeholder={t('notes.labelPlaceholder')}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          problem={problem}
        />
        <Button type="submit">{t('notes.add')}</Button>
      </form>
      {offered.length > 0 && (
        <ul className="chips" aria-label={t('notes.suggestions')}>
          {offered.map(({ label }) => (
            <li key={label}>
              <AriaButton className="chip" aria-label={t('notes.addKnown', { label })} onPress={() => void add(label)}>
                <Plus className="icon" aria-hidden />
                {label}
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type NoteProps = { readonly id: string; readonly note: string; readonly kept: 'here' | 'everywhere' }

function Note({ id, note, kept }: NoteProps) {
  const { t } = useText()
  const { text, type, leave, isSaving, problem } = useNote(id, note)
  return (
    <div className="stack tight">
      <TextBox
        label={t('notes.note')}
        placeholder={t('notes.notePlaceholder')}
        hint={t('notes.hint')}
        value={text}
        onChange={type}
        onBlur={leave}
        problem={problem}
      />
      {problem === undefined && <Kept kept={isSaving ? 'saving' : kept} />}
    </div>
  )
}
