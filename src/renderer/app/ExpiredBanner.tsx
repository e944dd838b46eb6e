import { type FormEvent, useState } from 'react'
import type { Challenge } from '#contracts/wire/secondFactor.ts'
import { useBridgeAction } from '../bridge/useBridge.ts'
import { Button } from '../components/Button.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { PasswordField } from '../components/fields.tsx'
import { useText } from '../text/useText.ts'
import { SignInCode } from '../views/account/SignInCode.tsx'
import { useAppState } from './useAppState.ts'

/** On every view, once the session has run out: what can still be done, and signing in again without losing anything. */
export function ExpiredBanner() {
  const { t } = useText()
  const { sessionExpired } = useAppState()
  const [isAsking, setAsking] = useState(false)
  if (!sessionExpired) return null
  return (
    <div className="banner" role="alert">
      <div className="banner-words">
        <b>{t('devices.expiredTitle')}</b> {t('devices.expiredSub')}
      </div>
      <div className="banner-acts">
        <Button size="small" onPress={() => setAsking(true)}>
          {t('devices.signInAgain')}
        </Button>
      </div>
      {isAsking && <SignInAgain onClose={() => setAsking(false)} />}
    </div>
  )
}

function SignInAgain({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText()
  const signIn = useBridgeAction('account.signInAgain')
  const [password, setPassword] = useState('')
  const [challenge, setChallenge] = useState<Challenge>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const begun = await signIn.run({ password })
    if (begun?.state === 'signed_in') onClose()
    if (begun?.state === 'second_factor') setChallenge(begun.challenge)
  }
  if (challenge)
    return (
      <Dialog title={t('security.signInTitle')} isOpen onClose={onClose}>
        <SignInCode challenge={challenge} onCancel={onClose} onDone={onClose}>
          <p>{t('security.signInSub')}</p>
        </SignInCode>
      </Dialog>
    )
  return (
    <Dialog title={t('devices.signInAgain')} isOpen onClose={onClose}>
      <p>{t('devices.signInAgainSub')}</p>
      <form className="stack" onSubmit={event => void submit(event)} noValidate>
        <PasswordField label={t('account.password')} autoComplete="current-password" value={password} onChange={setPassword} autoFocus />
        {signIn.failure && <FailurePanel failure={signIn.failure} />}
        <div className="line">
          <Button kind="go" type="submit" isPending={signIn.isRunning}>
            {t('account.signIn')}
          </Button>
          <Button kind="plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
