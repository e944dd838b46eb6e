import type { FormEvent } from 'react'
import type { PendingRegistration } from '#contracts/bridge/account.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextField } from '../../components/fields.tsx'
import { useCountdown } from '../../text/useCountdown.ts'
import { useText } from '../../text/useText.ts'

type EmailStepProps = {
  readonly email: string
  readonly onEmail: (email: string) => void
  readonly onSent: (pending: PendingRegistration) => void
  readonly onSignIn: () => void
}

const aboutEmail = ['email_invalid', 'email_throwaway']

/** Asks for the e-mail and has a code sent. A throw-away address is refused with the reason, at the field. */
export function EmailStep({ email, onEmail, onSent, onSignIn }: EmailStepProps) {
  const { t, failure: say } = useText()
  const register = useBridgeAction('account.register')
  // Who came back here before a minute was over sees when the next code can be sent, as beside the code.
  const seconds = useCountdown(register.failure?.text.code === 'code_resend_wait' ? (register.failure.text.detail['at'] ?? null) : null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const pending = await register.run({ email })
    if (pending) onSent(pending)
  }
  const isOfEmail = register.failure && aboutEmail.includes(register.failure.text.code)
  const said = register.failure && isOfEmail ? say(register.failure.text) : undefined
  return (
    <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
      <div className="stack tight">
        <h1>{t('account.registerTitle')}</h1>
        <p className="quiet">{t('account.registerSub')}</p>
      </div>
      <TextField
        label={t('account.email')}
        type="email"
        autoComplete="email"
        spellCheck="false"
        value={email}
        onChange={text => {
          register.reset()
          onEmail(text)
        }}
        autoFocus
        hint={t('account.emailHint')}
        problem={said?.whole}
      />
      {register.failure && !isOfEmail && <FailurePanel failure={register.failure} acts={{ sign_in: onSignIn }} />}
      <Button kind="go" size="big" type="submit" isPending={register.isRunning} isDisabled={seconds > 0}>
        {seconds > 0 ? t('account.resendIn', { seconds }) : t('account.sendCode')}
      </Button>
    </form>
  )
}
