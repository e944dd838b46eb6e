import type { Order } from '#contracts/wire/shapes.ts'
import type { AmountText } from '#locales/amounts.ts'
import { Slip, SlipFoot } from '../../components/Slip.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useText } from '../../text/useText.ts'
import { OrderHead } from './OrderHead.tsx'

type WorkingProps = {
  readonly order: Order
  readonly total: AmountText
  readonly isHeld: boolean
  /** Until when a person of the service decides about it; null where nobody has to. */
  readonly decidedBefore: string | null
}

/** The slip while the payment is on its way: what has happened, and what is next. */
export function Working({ order, total, isHeld, decidedBefore }: WorkingProps) {
  const { t, amount: write, moment } = useText()
  const next = { time: '', kind: 'next' as const }
  const steps = [
    { key: 'kept', name: t('pay.workingKept'), time: '' },
    { key: 'held', name: t(isHeld ? 'activity.step_held' : 'pay.toHold'), ...(isHeld ? { time: '' } : next) },
    ...(decidedBefore === null ? [] : [{ key: 'looked', name: t('risk.toLook'), ...next }]),
    { key: 'captured', name: t('pay.toShop'), ...next },
  ]
  return (
    <Slip label={t('pay.slip')} isBusy={decidedBefore === null}>
      <OrderHead order={order} />
      <div className="body stack" role="status">
        <b>{t(decidedBefore === null ? 'pay.working' : 'risk.waits', { amount: write(total), shop: order.shop.name })}</b>
        <Timeline label={t('activity.course')} steps={steps} />
      </div>
      <SlipFoot>
        <p className="note">{decidedBefore === null ? t('pay.workingSub') : t('risk.until', { at: moment(decidedBefore) })}</p>
      </SlipFoot>
    </Slip>
  )
}
