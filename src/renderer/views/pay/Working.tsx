import type { Order } from '#contracts/wire/shapes.ts'
import type { AmountText } from '#locales/amounts.ts'
import { Slip, SlipFoot } from '../../components/Slip.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { useText } from '../../text/useText.ts'
import { OrderHead } from './OrderHead.tsx'

type WorkingProps = { readonly order: Order; readonly total: AmountText; readonly isHeld: boolean }

/** The slip while the payment is on its way: what has happened, and what is next. */
export function Working({ order, total, isHeld }: WorkingProps) {
  const { t, amount: write } = useText()
  const next = { time: '', kind: 'next' as const }
  const steps = [
    { key: 'kept', name: t('pay.workingKept'), time: '' },
    { key: 'held', name: t(isHeld ? 'activity.step_held' : 'pay.toHold'), ...(isHeld ? { time: '' } : next) },
    { key: 'captured', name: t('pay.toShop'), ...next },
  ]
  return (
    <Slip label={t('pay.slip')} isBusy>
      <OrderHead order={order} />
      <div className="body stack" role="status">
        <b>{t('pay.working', { amount: write(total), shop: order.shop.name })}</b>
        <Timeline label={t('activity.course')} steps={steps} />
      </div>
      <SlipFoot>
        <p className="note">{t('pay.workingSub')}</p>
      </SlipFoot>
    </Slip>
  )
}
