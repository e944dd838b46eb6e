import { type FormEvent, useState } from 'react'
import type { Challenge } from '#contracts/wire/secondFactor.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button, TextButton } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField, TextField } from '../../components/fields.tsx'
import { useText } from '../../text/useText.ts'
import { SignInCode } from './SignInCode.tsx'

/** Signing in to an account that exists. A wrong password and an unknown e-mail look the same. */
export function SignIn({ onForgot }: { readonly onForgot: () => void }) {
  const { t } = useText()
  const [challenge, setChallenge] = useState<Challenge>()
  const signIn = useBridgeAction('account.signIn')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void signIn.run({ email, password }).then(begun => {
      if (begun?.state === 'second_factor') setChallenge(begun.challenge)
    })
  }
  if (challenge)
    return (
      <SignInCode challenge={challenge} onCancel={() => setChallenge(undefined)}>
        <div className="stack tight">
          <h1>{t('security.signInTitle')}</h1>
          <p className="quiet">{t('security.signInSub')}</p>
        </div>
      </SignInCode>
    )
  return (
    <form className="stack loose" onSubmit={submit} noValidate>
      <h1>{t('account.signInTitle')}</h1>
      <div className="stack">
        <TextField
          label={t('account.email')}
          type="email"
          autoComplete="username"
          spellCheck="false"
          value={email}
          onChange={setEmail}
          autoFocus
        />
        <PasswordField label={t('account.password')} autoComplete="current-password" value={password} onChange={setPassword} />
      </div>
      {signIn.failure && <FailurePanel failure={signIn.failure} />}
      <Button kind="go" size="big" type="submit" isPending={signIn.isRunning}>
        {t('account.signIn')}
      </Button>
      <p className="center">
        <TextButton onPress={onForgot}>{t('security.forgot')}</TextButton>
      </p>
    </form>
  )
}
