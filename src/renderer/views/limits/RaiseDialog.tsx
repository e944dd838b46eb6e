import { type FormEvent, useState } from 'react'
import type { Limit, MoneySource } from '#contracts/wire/shapes.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { AmountField } from '../../components/AmountField.tsx'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { TextBox } from '../../components/fields.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { readTypedAmount } from '../../text/typedAmount.ts'
import { useText } from '../../text/useText.ts'

const moneySources = ['income', 'savings', 'sale', 'business', 'gift', 'other'] as const satisfies readonly MoneySource[]

/** Asks for a higher limit, with the reason. A person answers. */
export function RaiseDialog({ limit, onClose }: { readonly limit: Limit; readonly onClose: () => void }) {
  const { t } = useText()
  const announce = useAnnounce()
  const askRaise = useBridgeAction('limits.askRaise')
  const [id, setId] = useState(newId)
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const [source, setSource] = useState<MoneySource>('income')
  const [isTried, setTried] = useState(false)
  const { kind, amount } = limit
  const value = readTypedAmount(amount.currency, typed)
  const { data: safety } = useBridge('secondFactor.state', {})
  const hasFactor = safety !== undefined && (safety.appSince !== null || safety.mailSince !== null)
  const approval = useApproval(() => void send())
  /** Another wish than the one that was answered has an id of its own: the same id again is the same wish. */
  const change = (act: () => void) => {
    if (askRaise.failure) setId(newId())
    askRaise.reset()
    act()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (value === undefined || reason.trim() === '') return
    const wish = { currency: amount.currency, value }
    if (hasFactor) await approval.begin({ kind: 'limit', commandId: id, limit: kind, amount: wish })
    else await send()
  }
  const send = async () => {
    if (value === undefined) return
    const asked = await askRaise.run({ id, kind, amount: { currency: amount.currency, value }, reason, source })
    if (!asked) return
    announce({ kind: 'good', words: t('settings.raised') })
    onClose()
  }
  if (approval.step !== undefined) {
    return (
      <Dialog title={t('security.approveTitle')} isOpen onClose={onClose}>
        {approval.step}
      </Dialog>
    )
  }
  return (
    <Dialog title={t(`settings.raiseTitle_${kind}`)} isOpen onClose={onClose}>
      <form className="stack" onSubmit={event => void submit(event)} noValidate>
        <AmountField
          label={t('settings.raiseAmount')}
          currency={amount.currency}
          typed={typed}
          onTyped={text => change(() => setTyped(text))}
          autoFocus
          problem={isTried && value === undefined ? t('account.required') : undefined}
        />
        <TextBox
          label={t('settings.raiseReason')}
          hint={t('settings.raiseReasonHint')}
          value={reason}
          onChange={text => change(() => setReason(text))}
          maxLength={1000}
          problem={isTried && reason.trim() === '' ? t('account.required') : undefined}
        />
        <Choices
          label={t('limits.source')}
          choices={moneySources.map(one => ({ id: one, name: t(`limits.source_${one}`) }))}
          value={source}
          onChange={one => change(() => setSource(one))}
          isInline
        />
        {approval.failure && <FailurePanel failure={approval.failure} />}
        {askRaise.failure && <FailurePanel failure={askRaise.failure} />}
        <div className="line">
          <Button kind="go" type="submit" isPending={askRaise.isRunning || approval.isRunning}>
            {t('settings.raiseSend')}
          </Button>
          <Button kind="plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
