import { type FormEvent, useState } from 'react'
import type { Limit } from '#contracts/wire/shapes.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { AmountField } from '../../components/AmountField.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { readTypedAmount } from '../../text/typedAmount.ts'
import { useText } from '../../text/useText.ts'

/** A limit of one's own: lower at once, higher in a day, up to what one may have. */
export function SetLimitDialog({ limit, onClose }: { readonly limit: Limit; readonly onClose: () => void }) {
  const { t, amount: write, moment } = useText()
  const announce = useAnnounce()
  const set = useBridgeAction('limits.set')
  const [id, setId] = useState(newId)
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const { kind, amount, most } = limit
  const value = readTypedAmount(amount.currency, typed)
  const change = (text: string) => {
    if (set.failure) setId(newId())
    set.reset()
    setTyped(text)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (value === undefined) return
    const done = await set.run({ id, kind, amount: { currency: amount.currency, value } })
    if (!done) return
    const words = done.waiting
      ? t('limits.setWaits', { amount: write(done.waiting.amount), at: moment(done.waiting.at) })
      : t('limits.setDone', { amount: write(done.amount) })
    announce({ kind: 'good', words })
    onClose()
  }
  return (
    <Dialog title={t(`limits.setTitle_${kind}`)} isOpen onClose={onClose}>
      <form className="stack" onSubmit={event => void submit(event)} noValidate>
        <AmountField
          label={t('limits.setAmount')}
          currency={amount.currency}
          typed={typed}
          onTyped={change}
          autoFocus
          problem={isTried && value === undefined ? t('account.required') : undefined}
        />
        <p className="hint">{t('limits.setHint', { most: write(most ?? amount) })}</p>
        {set.failure && <FailurePanel failure={set.failure} />}
        <div className="line">
          <Button kind="go" type="submit" isPending={set.isRunning}>
            {t('limits.setAct')}
          </Button>
          <Button kind="plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
