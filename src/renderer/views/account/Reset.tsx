import { type FormEvent, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button, TextButton } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextField } from '../../components/fields.tsx'
import { useText } from '../../text/useText.ts'
import { NewPassword } from './NewPassword.tsx'

type Pending = OutputOf<'account.startReset'>

/** A new password for who has forgotten theirs: the e-mail, then its code and the new password. */
export function Reset({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText()
  const start = useBridgeAction('account.startReset')
  const [email, setEmail] = useState('')
  const [pending, setPending] = useState<Pending>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setPending(await start.run({ email }))
  }
  return (
    <div className="stack loose">
      {pending ? (
        <NewPassword pending={pending} onDone={onDone} />
      ) : (
        <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
          <div className="stack tight">
            <h1>{t('security.forgotTitle')}</h1>
            <p className="quiet">{t('security.forgotSub')}</p>
          </div>
          <TextField
            label={t('account.email')}
            type="email"
            autoComplete="username"
            spellCheck="false"
            value={email}
            onChange={setEmail}
            autoFocus
          />
          {start.failure && <FailurePanel failure={start.failure} />}
          <Button kind="go" size="big" type="submit" isPending={start.isRunning}>
            {t('account.sendCode')}
          </Button>
        </form>
      )}
      <p className="center">
        <TextButton onPress={onDone}>{t('security.toSignIn')}</TextButton>
      </p>
    </div>
  )
}
