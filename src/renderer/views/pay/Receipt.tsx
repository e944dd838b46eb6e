import { Link } from '@tanstack/react-router'
import type { Payment } from '#contracts/wire/shapes.ts'
import { Amount, useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Tag } from '../../components/Notice.tsx'
import { Slip, SlipFoot, SlipRow, SlipRows } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'
import { OrderHead, OrderRow } from './OrderHead.tsx'

/** The paid slip: the same rows, now with when and under which number. */
export function Receipt({ payment, onStartAgain }: { readonly payment: Payment; readonly onStartAgain: () => void }) {
  const { t, moment } = useText()
  const tellBalance = useAmountText()
  const { id, order, fee, total, balanceAfter, timeline } = payment
  const paidAt = timeline.findLast(({ state }) => state === 'captured')?.at
  return (
    <Slip label={t('pay.receipt')}>
      <OrderHead order={order} title="pay.paidTo" tag={<Tag kind="ok">{t('pay.paid')}</Tag>} />
      <SlipRows>
        <OrderRow order={order} />
        {paidAt !== undefined && (
          <SlipRow what={t('pay.paidAt')}>
            <time dateTime={paidAt}>{moment(paidAt)}</time>
          </SlipRow>
        )}
        <SlipRow what={t('pay.paymentId')}>
          <span className="number">
            {id}
            <CopyButton text={id} name={t('pay.paymentId')} />
          </span>
        </SlipRow>
        <SlipRow what={t('pay.fee')}>
          <Amount of={fee} />
        </SlipRow>
        <SlipRow what={t('pay.total')} isTotal sub={balanceAfter ? t('pay.after', { amount: tellBalance(balanceAfter) }) : undefined}>
          <Amount of={total} />
        </SlipRow>
      </SlipRows>
      <SlipFoot>
        {order.returnUrl && (
          <a className="btn go big" href={order.returnUrl} target="_blank" rel="noreferrer">
            {t('pay.backToShop')}
          </a>
        )}
        <div className="pair">
          <Link className="btn" to="/activity" search={{ id }}>
            {t('pay.seeMovement')}
          </Link>
          <Button onPress={() => window.print()}>{t('pay.print')}</Button>
        </div>
        <Button kind="plain" size="wide" onPress={onStartAgain}>
          {t('pay.payAnother')}
        </Button>
      </SlipFoot>
    </Slip>
  )
}
