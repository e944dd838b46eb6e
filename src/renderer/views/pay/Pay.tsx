import { getRouteApi } from '@tanstack/react-router'
import { SplitPlan } from '../limits/SplitPlan.tsx'
import { OrderEntry } from './OrderEntry.tsx'
import { PaymentOutcome } from './PaymentOutcome.tsx'
import { Review } from './Review.tsx'

const route = getRouteApi('/pay')

/** Order, review, receipt. The address holds which, so that going back loses nothing. */
export function Pay() {
  const { text, payment, draft, split } = route.useSearch()
  const navigate = route.useNavigate()
  // What was typed stays in the address that one comes back to.
  const open = async (typed: string) => {
    await navigate({ search: { draft: typed }, replace: true })
    await navigate({ search: { text: typed } })
  }
  const startAgain = () => void navigate({ search: {} })
  return (
    <div className="page middle">
      {split !== undefined ? (
        <SplitPlan key={split} orderCode={split} onBack={() => void navigate({ search: { text: split } })} />
      ) : payment !== undefined ? (
        <PaymentOutcome key={payment} id={payment} onReviewAgain={code => void open(code)} onStartAgain={startAgain} />
      ) : text !== undefined ? (
        <Review key={text} text={text} onOther={startAgain} onConfirmed={id => void navigate({ search: { payment: id }, replace: true })} />
      ) : (
        <OrderEntry draft={draft ?? ''} onOpen={typed => void open(typed)} />
      )}
    </div>
  )
}
