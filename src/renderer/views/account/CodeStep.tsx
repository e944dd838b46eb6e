import { type FormEvent, useState } from 'react'
import type { PendingRegistration } from '#contracts/bridge/account.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button, TextButton } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { CodeField } from '../../components/fields.tsx'
import { SandboxMail } from '../../components/SandboxMail.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useCountdown } from '../../text/useCountdown.ts'
import { useText } from '../../text/useText.ts'

type CodeStepProps = {
  readonly pending: PendingRegistration
  readonly onResent: (pending: PendingRegistration) => void
  readonly onVerified: () => void
  readonly onOtherEmail: () => void
}

/** The six digits, where they were sent, and sending them again after the wait. */
export function CodeStep({ pending, onResent, onVerified, onOtherEmail }: CodeStepProps) {
  const { t, time, failure: say } = useText()
  const announce = useAnnounce()
  const verify = useBridgeAction('account.verifyCode')
  const resend = useBridgeAction('account.resendCode')
  const [code, setCode] = useState('')
  const seconds = useCountdown(pending.resendAt)
  const { registrationId, deliveredBy } = pending
  const isSandbox = deliveredBy === 'sandbox_mailbox'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await verify.run({ registrationId, code })) onVerified()
  }
  const sendAgain = async () => {
    const fresh = await resend.run({ registrationId })
    if (!fresh) return
    verify.reset()
    setCode('')
    announce({ kind: 'good', words: t('account.resent') })
    onResent(fresh)
  }
  const isOfCode = verify.failure?.text.code.startsWith('code_') ?? false
  const said = verify.failure && isOfCode ? say(verify.failure.text) : undefined
  const sent = isSandbox ? 'account.codeSentSandbox' : 'account.codeSentSmtp'
  return (
    <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
      <div className="stack tight">
        <h1>{t('account.codeTitle')}</h1>
        <p className="quiet">{t(sent, { email: pending.email, time: time(pending.codeExpiresAt) })}</p>
      </div>
      {isSandbox && <SandboxMail />}
      <CodeField label={t('account.code')} value={code} onChange={setCode} autoFocus problem={said?.whole} />
      {verify.failure && !isOfCode && <FailurePanel failure={verify.failure} />}
      {resend.failure && <FailurePanel failure={resend.failure} />}
      <div className="stack tight">
        <Button kind="go" size="big" type="submit" isPending={verify.isRunning} isDisabled={code.length < 6}>
          {t('account.verify')}
        </Button>
        <Button kind="plain" size="wide" onPress={() => void sendAgain()} isDisabled={seconds > 0} isPending={resend.isRunning}>
          {seconds > 0 ? t('account.resendIn', { seconds }) : t('account.resend')}
        </Button>
      </div>
      <p className="center">
        <TextButton onPress={onOtherEmail}>{t('account.otherEmail')}</TextButton>
      </p>
    </form>
  )
}
