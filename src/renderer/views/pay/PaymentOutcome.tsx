import { useEffect, useRef } from 'react'
import type { Payment } from '#contracts/wire/shapes.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Tag } from '../../components/Notice.tsx'
import { SlipSkeleton } from '../../components/Skeleton.tsx'
import { Slip, Steps } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'
import { OrderHead, OrderRow } from './OrderHead.tsx'
import { Receipt } from './Receipt.tsx'
import { Refusal } from './Refusal.tsx'
import { usePaymentFixes } from './useFixes.ts'
import { Working } from './Working.tsx'

type PaymentOutcomeProps = { readonly id: string; readonly onReviewAgain: (text: string) => void; readonly onStartAgain: () => void }

const askAgainMs = 2_000
const isUnderWay = (payment: Payment | undefined) => payment === undefined || payment.state === 'pending' || payment.state === 'held'

/** The same slip, as it becomes the receipt or the refusal. */
export function PaymentOutcome({ id, onReviewAgain, onStartAgain }: PaymentOutcomeProps) {
  const { t } = useText()
  const focus = useRef<HTMLDivElement>(null)
  const { data: payment, error, refetch } = useBridge('payments.get', { id })
  const underWay = isUnderWay(payment)
  const waiting = useBridge('risk.alerts', {}).data?.alerts.find(alert => alert.id === id && alert.state === 'waiting')
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => void refetch(), askAgainMs)
    return () => clearInterval(timer)
  }, [underWay, refetch])
  useEffect(() => {
    if (!underWay) focus.current?.focus()
  }, [underWay])
  const isPaid = payment?.state === 'captured'
  const last = payment === undefined || underWay || isPaid ? 'pay.stepReceipt' : 'pay.stepNotPaid'
  return (
    <div className="stage" ref={focus} tabIndex={-1}>
      <Steps label={t('pay.steps')} steps={[t('pay.stepOrder'), t('pay.stepReview'), t(last)]} at={2} />
      {error && !payment && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch(), correct_input: onStartAgain }} />}
      {!payment && !error && <SlipSkeleton />}
      {payment && underWay && (
        <Working order={payment.order} total={payment.total} isHeld={payment.state === 'held'} decidedBefore={waiting?.endsAt ?? null} />
      )}
      {payment && isPaid && <Receipt payment={payment} onStartAgain={onStartAgain} />}
      {payment && !underWay && !isPaid && (
        <NotPaid payment={payment} onReviewAgain={() => onReviewAgain(payment.order.code)} onStartAgain={onStartAgain} />
      )}
    </div>
  )
}

type NotPaidProps = { readonly payment: Payment; readonly onReviewAgain: () => void; readonly onStartAgain: () => void }

function NotPaid({ payment, onReviewAgain, onStartAgain }: NotPaidProps) {
  const { t } = useText()
  const { order, total, decline } = payment
  const refusal = { kind: 'decline', code: decline?.code ?? 'hold_expired', detail: decline?.detail ?? {} } as const
  const acts = usePaymentFixes({ failure: refusal, order, total, onReviewAgain, onOtherLink: onStartAgain })
  return (
    <Slip label={t('pay.slip')}>
      <OrderHead order={order} title="pay.to" tag={<Tag kind="stop">{t('pay.declined')}</Tag>} />
      <Refusal of={refusal} acts={acts} before={<OrderRow order={order} />} />
    </Slip>
  )
}
