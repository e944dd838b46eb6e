import { type FormEvent, useState } from 'react'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button, TextButton } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { PasswordField } from '../../components/fields.tsx'
import { useCountdown } from '../../text/useCountdown.ts'
import { useText } from '../../text/useText.ts'
import { Forgotten } from './Forgotten.tsx'
import { Recover } from './Recover.tsx'

/** Locked: nothing of the account is on the page. */
export function Unlock() {
  const { t, failure: say } = useText()
  const { hasPassword, waitUntil } = useAppState()
  const unlock = useBridgeAction('app.unlock')
  const [password, setPassword] = useState('')
  const [isForgotten, setForgotten] = useState(false)
  const [isRecovering, setRecovering] = useState(false)
  const seconds = useCountdown(waitUntil ?? unlock.failure?.text.detail['at'] ?? null)
  const isWaiting = seconds > 0
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const isOpen = await unlock.run({ password: hasPassword ? password : null })
    if (!isOpen) setPassword('')
  }
  const isOfPassword = unlock.failure?.text.code === 'app_password_wrong' || unlock.failure?.text.code === 'app_password_wait'
  const said = unlock.failure && isOfPassword ? say(unlock.failure.text) : undefined
  const problem = isWaiting ? t('start.waitUntil', { seconds }) : said?.whole
  if (isRecovering) return <Recover onBack={() => setRecovering(false)} />
  return (
    <GateFrame corner={<LanguageChoice />}>
      <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
        <div className="stack tight center door">
          <span className="seal large" aria-hidden>
            OK
          </span>
          <h1>{t('start.locked')}</h1>
          <p className="sub">{t('start.lockedSub')}</p>
        </div>
        {hasPassword && (
          <PasswordField
            label={t('start.password')}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            autoFocus
            problem={problem}
          />
        )}
        {unlock.failure && !isOfPassword && <FailurePanel failure={unlock.failure} />}
        <Button kind="go" size="big" type="submit" isPending={unlock.isRunning} isDisabled={isWaiting} autoFocus={!hasPassword}>
          {t(hasPassword ? 'start.unlock' : 'start.unlockKeychain')}
        </Button>
        <p className="center line">
          <TextButton onPress={() => setRecovering(true)}>{t('vault.recoverLink')}</TextButton>
          {hasPassword && <TextButton onPress={() => setForgotten(true)}>{t('start.forgotten')}</TextButton>}
        </p>
      </form>
      <Forgotten isOpen={isForgotten} onClose={() => setForgotten(false)} />
    </GateFrame>
  )
}
