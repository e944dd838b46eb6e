import { createContext, use } from 'react'
import { type AmountText, amountParts } from '#locales/amounts.ts'
import { useText } from '../text/useText.ts'

/** Whether amounts are hidden on this screen. */
export const HiddenAmounts = createContext(false)

type AmountProps = {
  readonly of: AmountText
  readonly size?: 'large' | 'middle'
  /** Writes + before what came in, and colours it. Spending stays ink: it is not an error. */
  readonly isSigned?: boolean
  readonly unit?: 'unit' | 'code' | 'none'
  readonly isStruck?: boolean
  /** Signed without colour: a leg of somebody else. */
  readonly isPlain?: boolean
}

/** An amount as a typographer sets it: tabular, the minor units smaller, minus as U+2212. Hidden it is four dots of fixed width. */
export function Amount({ of, size, isSigned = false, unit = 'unit', isStruck = false, isPlain = false }: AmountProps) {
  const { locale, t } = useText()
  const isHidden = use(HiddenAmounts)
  const parts = amountParts(locale, of, { unit, plus: isSigned })
  const name = ['amount', size, isSigned && !isPlain && parts.sign === '+' && 'in', isStruck && 'struck'].filter(Boolean).join(' ')
  if (isHidden) {
    return (
      <span className={name}>
        <span className="unit">{parts.unit}</span>
        {parts.gap}
        <span aria-hidden>••••</span>
        <span className="unseen">{t('app.amountHidden')}</span>
      </span>
    )
  }
  return (
    <span className={name}>
      {parts.sign}
      {parts.unit !== '' && (
        <span className="unit">
          {parts.unit}
          {parts.gap}
        </span>
      )}
      {parts.whole}
      {parts.fraction !== '' && <span className="fraction">{parts.fraction}</span>}
    </span>
  )
}

/** Amounts inside of sentences and buttons: the same text, or four dots while amounts are hidden. */
export function useAmountText(): (amount: AmountText) => string {
  const text = useText()
  const isHidden = use(HiddenAmounts)
  return amount => (isHidden ? '••••' : text.amount(amount))
}
