import { useState } from 'react'
import type { Slip as SlipOf } from '#contracts/bridge/money.ts'
import { useIsHere } from '../../app/useIsHere.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Amount, useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice, Tag } from '../../components/Notice.tsx'
import { RiskReasons } from '../../components/RiskReasons.tsx'
import { SlipSkeleton } from '../../components/Skeleton.tsx'
import { Slip, SlipFoot, SlipHead, SlipRow, SlipRows, Steps } from '../../components/Slip.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useApproval } from '../../components/useApproval.tsx'
import { useText } from '../../text/useText.ts'
import { OrderHead, OrderRow } from './OrderHead.tsx'
import { Refusal } from './Refusal.tsx'
import { reviewFailure } from './reviewFailure.ts'
import { usePaymentFixes } from './useFixes.ts'
import { Working } from './Working.tsx'

type ReviewProps = { readonly text: string; readonly onOther: () => void; readonly onConfirmed: (paymentId: string) => void }

/** The slip before consent: every cost, what is left afterwards, and why it would be refused where it would be. */
export function Review({ text, onOther, onConfirmed }: ReviewProps) {
  const { t } = useText()
  const { data: slip, error, refetch } = useBridge('payments.review', { text }, { isMomentary: true })
  const failure = reviewFailure(error, slip !== undefined)
  const acts = usePaymentFixes({ failure: failure?.text, onReviewAgain: () => void refetch(), onOtherLink: onOther })
  const isRefused = failure !== undefined || (slip !== undefined && slip.decline !== null)
  return (
    <div className="stage">
      <Steps
        label={t('pay.steps')}
        steps={[t('pay.stepOrder'), t('pay.stepReview'), t(isRefused ? 'pay.stepNotPaid' : 'pay.stepReceipt')]}
        at={isRefused ? 2 : 1}
      />
      {failure ? (
        <Slip label={t('pay.slip')}>
          <SlipHead>
            <Tag kind="stop">{t(failure.text.kind === 'decline' ? 'pay.declined' : 'pay.stepNotPaid')}</Tag>
          </SlipHead>
          <Refusal of={failure.text} acts={acts} />
        </Slip>
      ) : slip ? (
        <ReviewedSlip slip={slip} onOther={onOther} onConfirmed={onConfirmed} onReviewAgain={() => void refetch()} />
      ) : (
        <SlipSkeleton />
      )}
    </div>
  )
}

type ReviewedSlipProps = {
  readonly slip: SlipOf
  readonly onOther: () => void
  readonly onConfirmed: (id: string) => void
  readonly onReviewAgain: () => void
}

function ReviewedSlip({ slip, onOther, onConfirmed, onReviewAgain }: ReviewedSlipProps) {
  const { t, amount: write } = useText()
  const announce = useAnnounce()
  const isHere = useIsHere()
  const tellBalance = useAmountText()
  const { order, from, total, decline } = slip
  const [id] = useState(newId)
  const confirm = useBridgeAction('payments.confirm')
  const cancel = useBridgeAction('payments.cancelOrder')
  const refusal = decline ? ({ kind: 'decline', code: decline.code, detail: decline.detail } as const) : undefined
  const acts = usePaymentFixes({ failure: refusal ?? confirm.failure?.text, order, total, from, onReviewAgain, onOtherLink: onOther })
  const send = async () => {
    const payment = await confirm.run({ id, orderCode: order.code, total, shopId: order.shop.id })
    if (payment && isHere()) onConfirmed(payment.id)
  }
  const approval = useApproval(() => void send(), order.shop.name)
  // The proof stands with the service before the payment is sent: one that is saved and waits for the line has it.
  const pay = () =>
    slip.asksFactor ? approval.begin({ kind: 'payment', commandId: id, orderCode: order.code, shopId: order.shop.id, total }) : send()
  const doNotPay = async () => {
    if (!(await cancel.run({ orderCode: order.code }))) return
    announce({ kind: 'good', words: t('pay.cancelled') })
    if (isHere()) onOther()
  }
  if (confirm.isRunning) return <Working order={order} total={total} isHeld={false} decidedBefore={null} />
  if (refusal) {
    return (
      <Slip label={t('pay.slip')}>
        <OrderHead order={order} title="pay.to" tag={<Tag kind="stop">{t('pay.declined')}</Tag>} />
        <Refusal of={refusal} acts={acts} before={<OrderRow order={order} />} />
      </Slip>
    )
  }
  if (approval.step !== undefined) {
    return (
      <Slip label={t('security.approveTitle')}>
        <OrderHead order={order} />
        <div className="body stack">
          <b>{t('security.approveTitle')}</b>
          {approval.step}
        </div>
      </Slip>
    )
  }
  return (
    <Slip label={t('pay.slip')}>
      <OrderHead order={order} />
      <SlipCosts slip={slip} tellBalance={tellBalance} />
      <SlipFoot>
        {slip.risk && (
          <Notice kind="warning" title={t(`risk.slip_${slip.risk.decision}`)}>
            <RiskReasons reasons={slip.risk.reasons} />
          </Notice>
        )}
        {confirm.failure && <FailurePanel failure={confirm.failure} acts={{ ...acts, retry: () => void pay() }} />}
        {approval.failure && <FailurePanel failure={approval.failure} acts={acts} />}
        {cancel.failure && <FailurePanel failure={cancel.failure} />}
        <Button kind="go" size="big" onPress={() => void pay()} isPending={approval.isRunning} autoFocus>
          {t('pay.confirm', { amount: write(total) })} <kbd aria-hidden>{t('app.keyEnter')}</kbd>
        </Button>
        <Button kind="plain" size="wide" onPress={() => void doNotPay()} isPending={cancel.isRunning}>
          {t('pay.cancel')}
        </Button>
        <p className="note">{t(slip.risk?.decision === 'hold' ? 'risk.slipNote' : 'pay.note')}</p>
      </SlipFoot>
    </Slip>
  )
}

type SlipCostsProps = { readonly slip: SlipOf; readonly tellBalance: ReturnType<typeof useAmountText> }

/** What ... how much: order, source, fee, total, what is left. Balances are nothing to agree to, and stay hidden where amounts are. */
function SlipCosts({ slip, tellBalance }: SlipCostsProps) {
  const { t, currency, moment } = useText()
  const { order, from, fee, total, balanceAfter } = slip
  return (
    <SlipRows>
      <OrderRow order={order} />
      {from && (
        <SlipRow what={t('pay.from')} sub={t('pay.available', { amount: tellBalance(from.available) })}>
          {t('pay.fromBalance', { currency: currency(from.currency) })}
        </SlipRow>
      )}
      <SlipRow what={t('pay.fee')}>
        <Amount of={fee} />
      </SlipRow>
      <SlipRow what={t('pay.openUntil')}>{moment(order.expiresAt)}</SlipRow>
      <SlipRow what={t('pay.total')} isTotal sub={balanceAfter ? t('pay.after', { amount: tellBalance(balanceAfter) }) : undefined}>
        <Amount of={total} />
      </SlipRow>
    </SlipRows>
  )
}
