import { getRouteApi } from '@tanstack/react-router'
import { OrderEntry } from './OrderEntry.tsx'
import { PaymentOutcome } from './PaymentOutcome.tsx'
import { Review } from './Review.tsx'

const route = getRouteApi('/pay')

/** Order, review, receipt. The address holds which, so that going back loses nothing. */
export function Pay() {
  const { text, payment } = route.useSearch()
  const navigate = route.useNavigate()
  const open = (typed: string) => void navigate({ search: { text: typed } })
  const startAgain = () => void navigate({ search: {} })
  return (
    <div className="page middle">
      {payment !== undefined ? (
        <PaymentOutcome key={payment} id={payment} onReviewAgain={open} onStartAgain={startAgain} />
      ) : text !== undefined ? (
        <Review key={text} text={text} onOther={startAgain} onConfirmed={id => void navigate({ search: { payment: id }, replace: true })} />
      ) : (
        <OrderEntry onOpen={open} />
      )}
    </div>
  )
}
