import { type FormEvent, useState } from 'react'
import type { Events } from '#contracts/bridge/events.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useEvent } from '../../bridge/useEvent.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

type Step = Events['vault.progress']['step']

/** The key under which the wallet lies on the disk, and changing it. */
export function DatabaseKey({ changedAt, onChanged }: { readonly changedAt: string | null; readonly onChanged: () => void }) {
  const { t, moment } = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="stack tight">
      <h3>{t('vault.key')}</h3>
      <p className="sub">{changedAt === null ? t('vault.keyFirst') : t('vault.keyAt', { at: moment(changedAt) })}</p>
      <div>
        <Button onPress={() => setOpen(true)}>{t('vault.keyChange')}</Button>
      </div>
      <Dialog title={t('vault.keyTitle')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <KeyForm
          onDone={isChanged => {
            setOpen(false)
            if (isChanged) onChanged()
          }}
        />
      </Dialog>
    </div>
  )
}

function KeyForm({ onDone }: { readonly onDone: (isChanged: boolean) => void }) {
  const { t } = useText()
  const { hasPassword } = useAppState()
  const announce = useAnnounce()
  const rotate = useBridgeAction('vault.rotateKey')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<Step>()
  useEvent('vault.progress', told => setStep(told.step))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isChanged = await rotate.run({ password: hasPassword ? password : null })
    setPassword('')
    setStep(undefined)
    if (!isChanged) return
    announce({ kind: 'good', words: t('vault.keyDone') })
    onDone(true)
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <p>{t('vault.keyMeans')}</p>
      {hasPassword && (
        <PasswordField label={t('vault.password')} value={password} onChange={setPassword} autoComplete="current-password" autoFocus />
      )}
      <p role="status" className="sub">
        {step !== undefined && t(`vault.keyStep_${step}`)}
      </p>
      {rotate.failure && <FailurePanel failure={rotate.failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={rotate.isRunning}>
          {t('vault.keyAct')}
        </Button>
        <Button kind="plain" onPress={() => onDone(false)} isDisabled={rotate.isRunning}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
