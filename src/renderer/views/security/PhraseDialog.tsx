import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextField } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'

/** Choosing the phrase of our mails; where a second factor is on, a code approves it. */
export function PhraseDialog({ hasFactor, onClose }: { readonly hasFactor: boolean; readonly onClose: () => void }) {
  const { t } = useText()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const change = useBridgeAction('securityCentre.setPhrase')
  const [phrase, setPhrase] = useState('')
  const send = async (proof: string | null) => {
    const overview = await change.run({ phrase, proof })
    if (!overview) return
    queries.setQueryData(['securityCentre.overview', {}], overview)
    void queries.invalidateQueries({ queryKey: ['securityCentre.mails'] })
    announce({ kind: 'good', words: t('securityCentre.phraseKept', { phrase: phrase.trim() }) })
    onClose()
  }
  const approval = useApproval(proof => void send(proof))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void (hasFactor ? approval.begin({ kind: 'phrase' }) : send(null))
  }
  return (
    <Dialog title={t('securityCentre.mail_phrase')} isOpen onClose={onClose}>
      {approval.step ?? (
        <form className="stack" onSubmit={submit} noValidate>
          <p>{t('securityCentre.is_phrase_none')}</p>
          <TextField
            label={t('securityCentre.mail_phrase')}
            hint={t('securityCentre.phraseHint')}
            value={phrase}
            onChange={setPhrase}
            autoFocus
          />
          {change.failure && <FailurePanel failure={change.failure} />}
          {approval.failure && <FailurePanel failure={approval.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={change.isRunning || approval.isRunning} isDisabled={phrase.trim() === ''}>
              {t('securityCentre.phraseKeep')}
            </Button>
            <Button kind="plain" onPress={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
