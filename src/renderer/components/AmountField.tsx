import { useState } from 'react'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { amountParts } from '#locales/amounts.ts'
import { readTypedAmount } from '../text/typedAmount.ts'
import { useText } from '../text/useText.ts'
import { TextField } from './fields.tsx'

type AmountFieldProps = {
  readonly label: string
  readonly currency: CurrencyCode
  /** What was typed; the owner reads it by `readTypedAmount`. */
  readonly typed: string
  readonly onTyped: (typed: string) => void
  readonly hint?: string
  readonly problem?: string | undefined
  readonly autoFocus?: boolean
}

/** An amount of one currency. It is shown grouped as the locale does when the hand has left it, and stays a decimal string throughout. */
export function AmountField({ label, currency, typed, onTyped, hint, problem, autoFocus = false }: AmountFieldProps) {
  const { locale } = useText()
  const [isTyping, setTyping] = useState(false)
  const value = readTypedAmount(currency, typed)
  const parts = value === undefined ? undefined : amountParts(locale, { currency, value }, { unit: 'none' })
  const shown = isTyping || !parts ? typed : parts.whole + parts.fraction
  return (
    <TextField
      label={label}
      boxClass="amount-input"
      before={<span className="code">{currency}</span>}
      inputMode="decimal"
      autoComplete="off"
      spellCheck="false"
      maxLength={32}
      autoFocus={autoFocus}
      value={shown}
      onChange={text => {
        setTyping(true)
        onTyped(text)
      }}
      onFocus={({ target }) => {
        setTyping(true)
        // What was typed takes the place of the grouped form, and the selection with which Tab comes in would be lost: the next digit would be added to it.
        if (target instanceof HTMLInputElement) requestAnimationFrame(() => target.select())
      }}
      onBlur={() => setTyping(false)}
      {...(hint === undefined ? {} : { hint })}
      problem={problem}
    />
  )
}
