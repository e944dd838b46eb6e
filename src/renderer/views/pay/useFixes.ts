import { useNavigate } from '@tanstack/react-router'
import type { BalanceWire, Order } from '#contracts/wire/shapes.ts'
import { amount, parseDecimal, subtract, toDecimal } from '#core/money/amount.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import type { AmountText } from '#locales/amounts.ts'
import type { FailureText } from '#locales/failures.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import type { FixActs } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'

type FixContext = {
  readonly failure: FailureText | undefined
  readonly order?: Order | undefined
  readonly total?: AmountText | undefined
  readonly from?: BalanceWire | null | undefined
  readonly onReviewAgain: () => void
  readonly onOtherLink: () => void
}

/** What is missing to pay `total` from a balance; the whole where there is none. */
function missingFor(total: AmountText, from: BalanceWire | null | undefined): AmountText {
  const need = parseDecimal(total.currency, total.value)
  const have = from && from.currency === total.currency ? parseDecimal(from.currency, from.available.value) : undefined
  if (!need) return total
  const missing = subtract(need, have ? amount(total.currency, have.minor) : amount(total.currency, 0n))
  return { currency: total.currency, value: toDecimal(missing.minor > 0n ? amount(total.currency, missing.minor) : need) }
}

const raisedBy: Readonly<Record<string, string>> = { over_payment_limit: 'per_payment', over_monthly_limit: 'per_month' }

/** What each fix of a refused payment does. */
export function usePaymentFixes({ failure, order, total, from, onReviewAgain, onOtherLink }: FixContext): FixActs {
  const { t } = useText()
  const navigate = useNavigate()
  const open = useBridgeAction('account.openCurrencies')
  const detailCurrency = failure?.detail['currency']
  const currency = total?.currency ?? (detailCurrency !== undefined && isCurrencyCode(detailCurrency) ? detailCurrency : undefined)
  const topUp = () => {
    const forOrder = order ? { order: order.code } : {}
    if (!currency) return void navigate({ to: '/top-up', search: forOrder })
    const missing = failure?.detail['missing'] ?? (total ? missingFor(total, from).value : undefined)
    void navigate({ to: '/top-up', search: { currency, ...forOrder, ...(missing === undefined ? {} : { amount: missing }) } })
  }
  const paidBy = failure?.detail['payment']
  const returnUrl = order?.returnUrl
  const toShop = () => void (returnUrl && window.open(returnUrl, '_blank', 'noopener'))
  const about = order ? t('pay.askAbout', { code: order.code, shop: order.shop.name }) : t('app.pay')
  return {
    ...(currency ? { open_currency: () => void open.run({ currencies: [currency] }).then(onReviewAgain) } : {}),
    top_up_missing: topUp,
    see_limits: () => void navigate({ to: '/settings', hash: 'limits' }),
    raise_limit: () => void navigate({ to: '/settings', search: { raise: raisedBy[failure?.code ?? ''] ?? 'per_day' } }),
    verify: () => void navigate({ to: '/settings', hash: 'identity' }),
    unlock_account: () => void navigate({ to: '/settings', hash: 'freeze' }),
    ...(order ? { split_days: () => void navigate({ to: '/pay', search: { split: order.code } }) } : {}),
    ...(returnUrl ? { back_to_shop: toShop, other_method: toShop } : {}),
    see_receipt: () =>
      void navigate(
        paidBy === undefined
          ? { to: '/activity', search: { query: order?.shopReference ?? '' } }
          : { to: '/pay', search: { payment: paidBy } },
      ),
    review_again: onReviewAgain,
    use_other_link: onOtherLink,
    correct_input: onOtherLink,
    retry: onReviewAgain,
    see_evidence: () => void navigate({ to: '/settings', hash: 'provider' }),
    ask: () => void navigate({ to: '/help', search: { about } }),
  }
}
