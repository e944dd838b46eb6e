import { type FormEvent, useState } from 'react'
import type { ContactDetails, ContactStep } from '#contracts/wire/contactDetails.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { CodeField } from '../../components/fields.tsx'
import { SandboxMail } from '../../components/SandboxMail.tsx'
import { useText } from '../../text/useText.ts'

type ContactCodeProps = {
  readonly asked: Extract<ContactStep, { state: 'code' }>
  /** The new e-mail or number. */
  readonly to: string
  readonly onDone: (details: ContactDetails) => void
  readonly onCancel: () => void
}

/** The code that went to the new e-mail or number. */
export function ContactCode({ asked: { changeId, deliveredBy, codeExpiresAt }, to, onDone, onCancel }: ContactCodeProps) {
  const { t, time, failure: say } = useText()
  const finish = useBridgeAction('contactDetails.finish')
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void finish.run({ changeId, code }).then(details => details && onDone(details))
  }
  const isOfCode = finish.failure?.text.code.startsWith('code_') ?? false
  const said = finish.failure && isOfCode ? say(finish.failure.text).whole : undefined
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>{t('contactDetails.codeSub', { to, time: time(codeExpiresAt) })}</p>
      {deliveredBy === 'sandbox_mailbox' && <SandboxMail />}
      <CodeField label={t('contactDetails.code')} value={code} onChange={setCode} autoFocus problem={said} />
      {finish.failure && !isOfCode && <FailurePanel failure={finish.failure} />}
      <div className="line">
        <Button kind="go" type="submit" isPending={finish.isRunning} isDisabled={code.length < 6}>
          {t('contactDetails.finish')}
        </Button>
        <Button kind="plain" onPress={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
