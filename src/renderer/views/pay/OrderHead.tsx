import type { ReactNode } from 'react'
import type { Order } from '#contracts/wire/shapes.ts'
import { Amount } from '../../components/Amount.tsx'
import { SlipHead, SlipRow } from '../../components/Slip.tsx'
import { useText } from '../../text/useText.ts'

type OrderHeadProps = { readonly order: Order; readonly tag?: ReactNode; readonly title?: 'pay.payTo' | 'pay.paidTo' | 'pay.to' }

/** Payee on top, amount large. */
export function OrderHead({ order, tag, title = 'pay.payTo' }: OrderHeadProps) {
  const { t } = useText()
  const { shop, amount } = order
  return (
    <SlipHead>
      {tag}
      <h1 className="slip-title">
        {t(title, { shop: shop.name })}
        {shop.verified && <span> · {t('pay.verified')}</span>}
        {shop.sandbox && <span> · {t('pay.sandboxShop')}</span>}
      </h1>
      <Amount of={amount} size="large" />
    </SlipHead>
  )
}

/** The order as the shop wrote it, line by line. */
export function OrderRow({ order }: { readonly order: Order }) {
  const { t } = useText()
  return (
    <SlipRow
      what={t('pay.order')}
      sub={order.lines.map(({ title, quantity, amount }) => (
        <span key={title} className="slip-line">
          {t('activity.quantity', { title, quantity })} · <Amount of={amount} />
        </span>
      ))}
    >
      {order.shopReference === '' ? order.code : order.shopReference}
    </SlipRow>
  )
}
