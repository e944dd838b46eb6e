import { type FormEvent, useState } from 'react'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

type Act = 'set' | 'remove'

/** Sets, changes or removes the app password. Only a keychain that can be trusted lets it go. */
export function AppPassword() {
  const { t } = useText()
  const { hasPassword, keychain } = useAppState()
  const [act, setAct] = useState<Act>()
  return (
    <div className="stack tight">
      <h3>{t('vault.password')}</h3>
      <div className="line">
        <Button onPress={() => setAct('set')}>{t(hasPassword ? 'vault.passwordChange' : 'vault.passwordSet')}</Button>
        {hasPassword && !keychain.passwordRequired && (
          <Button kind="plain" onPress={() => setAct('remove')}>
            {t('vault.passwordRemove')}
          </Button>
        )}
      </div>
      <Dialog
        title={t(act === 'remove' ? 'vault.passwordRemove' : hasPassword ? 'vault.passwordChange' : 'vault.passwordSet')}
        isOpen={act !== undefined}
        onClose={() => setAct(undefined)}
      >
        {act && <PasswordForm act={act} onDone={() => setAct(undefined)} />}
      </Dialog>
    </div>
  )
}

function PasswordForm({ act, onDone }: { readonly act: Act; readonly onDone: () => void }) {
  const { t, failure: say } = useText()
  const { hasPassword } = useAppState()
  const announce = useAnnounce()
  const change = useBridgeAction('vault.changePassword')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [isTried, setTried] = useState(false)
  const isDifferent = act === 'set' && next !== repeat
  const code = change.failure?.text.code
  const isOfCurrent = code === 'app_password_wrong' || code === 'app_password_wait'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isDifferent) return
    const isChanged = await change.run({ current: hasPassword ? current : null, next: act === 'set' ? next : null })
    setCurrent('')
    if (!isChanged) return
    announce({ kind: 'good', words: t(act === 'set' ? 'vault.passwordSaved' : 'vault.passwordRemoved') })
    onDone()
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      {act === 'remove' && <p>{t('vault.passwordRemoveMeans')}</p>}
      {hasPassword && (
        <PasswordField
          label={t('vault.passwordCurrent')}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          autoFocus
          problem={change.failure && isOfCurrent ? say(change.failure.text).whole : undefined}
        />
      )}
      {act === 'set' && (
        <>
          <PasswordField label={t('vault.passwordNew')} value={next} onChange={setNext} autoComplete="new-password" />
          <PasswordStrength password={next} />
          <PasswordField
            label={t('start.repeat')}
            value={repeat}
            onChange={setRepeat}
            autoComplete="new-password"
            problem={isTried && isDifferent ? t('start.repeatProblem') : undefined}
          />
        </>
      )}
      {change.failure && !isOfCurrent && <FailurePanel failure={change.failure} />}
      <div className="line">
        <Button kind={act === 'set' ? 'go' : 'danger'} type="submit" isPending={change.isRunning}>
          {t(act === 'set' ? 'vault.passwordSave' : 'vault.passwordRemove')}
        </Button>
        <Button kind="plain" onPress={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
