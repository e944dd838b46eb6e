import { type FormEvent, useState } from 'react'
import { newId } from '../../bridge/ids.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextBox, TextField } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

/** A question to a person, about something or in general. */
export function AskForm({ about: asked }: { readonly about: string }) {
  const { t } = useText()
  const announce = useAnnounce()
  const ask = useBridgeAction('support.ask')
  const [id, setId] = useState(newId)
  const [about, setAbout] = useState(asked)
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const isEmpty = text.trim() === ''
  /** Another question than the one that was sent has an id of its own: the same id again is the same question. */
  const change = (act: () => void) => {
    if (ask.failure) setId(newId())
    ask.reset()
    act()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isEmpty) return
    const question = await ask.run({ id, about: about.trim() === '' ? t('help.general') : about, text })
    if (!question) return
    announce({ kind: 'good', words: t('help.sent', { number: question.number }) })
    setText('')
    setAbout('')
    setTried(false)
    setId(newId())
  }
  return (
    <form className="card stack" onSubmit={event => void submit(event)} aria-labelledby="ask" noValidate>
      <div className="stack tight">
        <h2 id="ask">{t('help.askTitle')}</h2>
        <p className="sub">{t('help.askSub')}</p>
      </div>
      <TextField
        label={t('help.about')}
        placeholder={t('help.aboutPlaceholder')}
        value={about}
        onChange={words => change(() => setAbout(words))}
        maxLength={200}
      />
      <TextBox
        label={t('help.text')}
        hint={t('help.textHint')}
        value={text}
        onChange={words => change(() => setText(words))}
        maxLength={4000}
        autoFocus={asked !== ''}
        problem={isTried && isEmpty ? t('help.needed') : undefined}
      />
      {ask.failure && <FailurePanel failure={ask.failure} />}
      <Button kind="go" type="submit" isPending={ask.isRunning}>
        {t('help.send')}
      </Button>
    </form>
  )
}
