import { type FormEvent, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { CodeField, PasswordField, TextField } from '../../components/fields.tsx'
import { Notice } from '../../components/Notice.tsx'
import { PasswordStrength } from '../../components/PasswordStrength.tsx'
import { SandboxMail } from '../../components/SandboxMail.tsx'
import { useText } from '../../text/useText.ts'

type NewPasswordProps = { readonly pending: OutputOf<'account.startReset'>; readonly onDone: () => void }
type Way = 'app' | 'recovery'

/** The code from the mail and the new password; where the account has an authenticator app, a code of that too. */
export function NewPassword({ pending, onDone }: NewPasswordProps) {
  const { t, time, moment } = useText()
  const finish = useBridgeAction('account.finishReset')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [way, setWay] = useState<Way>('app')
  const [factorCode, setFactorCode] = useState('')
  const [asksFactor, setAsksFactor] = useState(false)
  const [holdsFrom, setHoldsFrom] = useState<string>()
  const { failure } = finish
  const isAsked = asksFactor || failure?.text.code === 'second_factor_required'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const factor = isAsked ? { way, code: factorCode } : null
    setAsksFactor(isAsked)
    setHoldsFrom((await finish.run({ resetId: pending.resetId, code, password, factor }))?.holdsFrom)
  }
  if (holdsFrom !== undefined) {
    const isNow = Date.parse(holdsFrom) <= Date.now()
    return (
      <Notice kind={isNow ? 'proof' : 'warning'} title={t('security.forgotTitle')}>
        <p>{isNow ? t('security.forgotDone') : t('security.forgotWaits', { at: moment(holdsFrom) })}</p>
        <Button onPress={onDone}>{t('security.toSignIn')}</Button>
      </Notice>
    )
  }
  const ways = (['app', 'recovery'] as const).map(id => ({ id, name: t(`security.way_${id}`) }))
  const field = { label: t(`security.code_${way}`), value: factorCode, onChange: setFactorCode }
  return (
    <form className="stack loose" onSubmit={event => void submit(event)} noValidate>
      <div className="stack tight">
        <h1>{t('security.forgotTitle')}</h1>
        <p className="quiet">{t('security.forgotCodeSub', { email: pending.email, time: time(pending.codeExpiresAt) })}</p>
      </div>
      {pending.deliveredBy === 'sandbox_mailbox' && <SandboxMail />}
      <CodeField label={t('account.code')} value={code} onChange={setCode} autoFocus />
      <PasswordField label={t('security.passwordNew')} autoComplete="new-password" value={password} onChange={setPassword} />
      <PasswordStrength password={password} />
      {isAsked && (
        <>
          <p>{t('security.forgotFactor')}</p>
          <Choices label={t('security.ways')} choices={ways} value={way} onChange={setWay} isInline />
          {way === 'app' ? <CodeField {...field} /> : <TextField {...field} spellCheck="false" maxLength={40} />}
        </>
      )}
      {failure && failure.text.code !== 'second_factor_required' && <FailurePanel failure={failure} />}
      <Button kind="go" size="big" type="submit" isPending={finish.isRunning} isDisabled={code.length < 6 || password === ''}>
        {t('security.forgotSend')}
      </Button>
    </form>
  )
}
