import { type FormEvent, type ReactNode, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import type { Challenge, Way } from '#contracts/wire/secondFactor.ts'
import type { BridgeFailure } from '../bridge/failure.ts'
import { useCountdown } from '../text/useCountdown.ts'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'
import { Choices } from './Choices.tsx'
import { FailurePanel } from './FailurePanel.tsx'
import { CodeField, TextField } from './fields.tsx'
import { SandboxMail } from './SandboxMail.tsx'

type FactorStepProps = {
  readonly challenge: Challenge
  /** What the code is for. */
  readonly children: ReactNode
  readonly onSend: () => Promise<OutputOf<'secondFactor.sendCode'> | undefined>
  readonly onAnswer: (way: Way, code: string) => void
  readonly isRunning: boolean
  readonly failure: BridgeFailure | undefined
  readonly onCancel: () => void
}

/** Asks for a code in one of the ways that there are; the one by mail is sent on demand. */
export function FactorStep({ challenge, children, onSend, onAnswer, isRunning, failure, onCancel }: FactorStepProps) {
  const { t, failure: say } = useText()
  const [way, setWay] = useState<Way>(challenge.ways[0] ?? 'app')
  const [code, setCode] = useState('')
  const [sent, setSent] = useState<OutputOf<'secondFactor.sendCode'>>()
  const seconds = useCountdown(sent?.resendAt ?? null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code !== '') onAnswer(way, code)
  }
  const send = async () => {
    const told = await onSend()
    if (told) setSent(told)
  }
  const isOfCode = failure?.text.code === 'factor_code_wrong'
  const problem = failure && isOfCode ? say(failure.text).whole : undefined
  const choices = challenge.ways.map(id => ({ id, name: t(`security.way_${id}`), ...(id === 'mail' ? { sub: t('security.weaker') } : {}) }))
  const field = { label: t(`security.code_${way}`), value: code, onChange: setCode, problem, autoFocus: true }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {children}
      {choices.length > 1 && (
        <Choices
          label={t('security.ways')}
          choices={choices}
          value={way}
          onChange={other => {
            setWay(other)
            setCode('')
          }}
        />
      )}
      {way === 'mail' && (
        <div>
          <Button onPress={() => void send()} isDisabled={seconds > 0}>
            {seconds > 0 ? t('security.sendAgainIn', { seconds }) : t('security.sendMail')}
          </Button>
        </div>
      )}
      {way === 'mail' && sent?.deliveredBy === 'sandbox_mailbox' && <SandboxMail />}
      {way === 'recovery' ? <TextField {...field} spellCheck="false" autoComplete="off" maxLength={40} /> : <CodeField {...field} />}
      {failure && !isOfCode && <FailurePanel failure={failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={isRunning} isDisabled={code === ''}>
          {t('security.confirm')}
        </Button>
        <Button kind="plain" onPress={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
