import { type FormEvent, useState } from 'react'
import type { ServiceChoice } from '#contracts/bridge/app.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { Notice } from '../../components/Notice.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { useText } from '../../text/useText.ts'

type ProtectProps = { readonly service: ServiceChoice; readonly onBack: () => void; readonly onOtherService: () => void }

/** The app password: required, with the reason, where the keychain is missing or plain; advised everywhere else. Then the wallet is made. */
export function Protect({ service, onBack, onOtherService }: ProtectProps) {
  const { t } = useText()
  const { keychain } = useAppState()
  const create = useBridgeAction('app.create')
  const [hasPassword, setHasPassword] = useState(true)
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [isTried, setTried] = useState(false)
  const usesPassword = keychain.passwordRequired || hasPassword
  const isDifferent = usesPassword && password !== repeat
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isDifferent) void create.run({ password: usesPassword ? password : null, service })
  }
  return (
    <form className="stack loose" onSubmit={submit} noValidate>
      <h1>{t('start.protectTitle')}</h1>
      {keychain.passwordRequired ? (
        <Notice kind="warning">{t(keychain.kind === 'plain_text' ? 'start.passwordRequired_plain' : 'start.passwordRequired_none')}</Notice>
      ) : (
        <>
          <p className="quiet">{t('start.passwordOptional')}</p>
          <Choices
            label={t('start.protectTitle')}
            isLabelHidden
            value={hasPassword ? 'password' : 'keychain'}
            onChange={choice => setHasPassword(choice === 'password')}
            choices={[
              { id: 'password', name: t('start.usePassword') },
              { id: 'keychain', name: t('start.useKeychain') },
            ]}
          />
        </>
      )}
      {usesPassword && (
        <div className="stack">
          <PasswordField
            label={t('start.password')}
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            hint={t('start.passwordForget')}
            autoFocus
          />
          <PasswordStrength password={password} />
          <PasswordField
            label={t('start.repeat')}
            value={repeat}
            onChange={setRepeat}
            autoComplete="new-password"
            problem={isTried && isDifferent ? t('start.repeatProblem') : undefined}
          />
        </div>
      )}
      {create.failure && (
        <FailurePanel
          failure={create.failure}
          acts={create.failure.text.code === 'service_address_invalid' ? { correct_input: onOtherService } : {}}
        />
      )}
      <div className="stack tight">
        <Button kind="go" size="big" type="submit" isPending={create.isRunning}>
          {t('start.create')}
        </Button>
        <Button kind="plain" size="wide" onPress={onBack} isDisabled={create.isRunning}>
          {t('app.back')}
        </Button>
      </div>
    </form>
  )
}
