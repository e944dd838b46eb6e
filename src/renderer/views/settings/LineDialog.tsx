import { type FormEvent, useState } from 'react'
import { parseDecimal } from '#core/money/amount.ts'
import type { AmountText } from '#locales/amounts.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useSafety } from '../../bridge/useSafety.ts'
import { AmountField } from '../../components/AmountField.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { readTypedAmount } from '../../text/typedAmount.ts'
import { useText } from '../../text/useText.ts'

const highest = { currency: 'EUR', value: '1000.00' } as const

/** Above which worth a payment asks for a code: lower at once, higher only with one. */
export function LineDialog({ line, onClose }: { readonly line: AmountText; readonly onClose: () => void }) {
  const { t, amount } = useText()
  const announce = useAnnounce()
  const { show } = useSafety()
  const setLine = useBridgeAction('secondFactor.setLine')
  const [typed, setTyped] = useState('')
  const value = readTypedAmount('EUR', typed)
  const wish = { currency: 'EUR', value: value ?? '' } as const
  const send = async (proof: string | null) => {
    if (!show(await setLine.run({ line: wish, proof }))) return
    announce({ kind: 'good', words: t('security.lineKept', { amount: amount(wish) }) })
    onClose()
  }
  const approval = useApproval(proof => void send(proof))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value === undefined) return
    const isHigher = (parseDecimal('EUR', value)?.minor ?? 0n) > (parseDecimal('EUR', line.value)?.minor ?? 0n)
    void (isHigher ? approval.begin({ kind: 'line', amount: wish }) : send(null))
  }
  return (
    <Dialog title={t('security.lineTitle')} isOpen onClose={onClose}>
      {approval.step ?? (
        <form className="stack" onSubmit={submit} noValidate>
          <p>{t('security.lineSub', { amount: amount(highest) })}</p>
          <AmountField label={t('security.line')} currency="EUR" typed={typed} onTyped={setTyped} autoFocus />
          {setLine.failure && <FailurePanel failure={setLine.failure} />}
          {approval.failure && <FailurePanel failure={approval.failure} />}
          <div className="line">
            <Button kind="go" type="submit" isPending={setLine.isRunning || approval.isRunning} isDisabled={value === undefined}>
              {t('security.lineSave')}
            </Button>
            <Button kind="plain" onPress={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
