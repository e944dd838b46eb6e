import { useRef, useState } from 'react'
import { type CurrencyCode, currencies, currencyCodes } from '#core/money/currencies/index.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Amount, useAmountText } from '../../components/Amount.tsx'
import { Button, TextButton } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

const isZero = (value: string) => !/[1-9]/.test(value)

/** Those without money wait folded behind so many: a page of zeros tells nothing. */
const shownAtFirst = 6

/** The opened currencies, those with money first, and a way to open more. */
export function Balances() {
  const { t, currency } = useText()
  const amountText = useAmountText()
  const { data } = useBridge('balances.overview', {})
  const [isOpening, setOpening] = useState(false)
  const [isWhole, setWhole] = useState(false)
  if (!data || data.balances.length === 0) return null
  const sorted = data.balances.toSorted((a, b) => Number(isZero(a.posted.value)) - Number(isZero(b.posted.value)))
  const withMoney = sorted.filter(({ posted }) => !isZero(posted.value)).length
  const shown = isWhole ? sorted : sorted.slice(0, Math.max(shownAtFirst, withMoney))
  return (
    <section aria-labelledby="balances" className="balancelist">
      <div className="heading">
        <h2 id="balances">{t('home.balances')}</h2>
        <span className="sub">{t('home.balanceCount', { count: sorted.length })}</span>
      </div>
      <ul className="card balances">
        {shown.map(({ currency: code, available, held }) => (
          <li key={code} className={isZero(available.value) && isZero(held.value) ? 'currency quiet' : 'currency'}>
            <span className="code">{code}</span>
            <span className="sub">
              {currency(code)}
              {!isZero(held.value) && <span className="wait"> · {t('home.held', { amount: amountText(held) })}</span>}
            </span>
            <Amount of={available} unit="none" />
          </li>
        ))}
      </ul>
      <p className="spread sub after">
        {(isWhole || shown.length < sorted.length) && (
          <TextButton onPress={() => setWhole(!isWhole)}>
            {isWhole ? t('home.fewerBalances') : t('home.moreBalances', { count: sorted.length - shown.length })}
          </TextButton>
        )}
        <TextButton onPress={() => setOpening(true)}>{t('home.openMore')}</TextButton>
      </p>
      <OpenDialog isOpen={isOpening} onClose={() => setOpening(false)} held={sorted.map(balance => balance.currency)} />
    </section>
  )
}

type OpenDialogProps = { readonly isOpen: boolean; readonly onClose: () => void; readonly held: readonly CurrencyCode[] }

/** Each currency that is not held yet, one click each. */
function OpenDialog({ isOpen, onClose, held }: OpenDialogProps) {
  const { t, currency } = useText()
  const announce = useAnnounce()
  const open = useBridgeAction('account.openCurrencies')
  const list = useRef<HTMLUListElement>(null)
  const offered = currencyCodes.filter(code => currencies[code].kind === 'fiat' && !held.includes(code))
  const openOne = async (code: CurrencyCode) => {
    const done = await open.run({ currencies: [code] })
    if (!done) return
    announce({ kind: 'good', words: t('home.opened', { count: done.opened.length }) })
    // Its button goes with it; without focus in here Escape would close nothing.
    list.current?.focus()
  }
  return (
    <Dialog title={t('home.openDialog')} isOpen={isOpen} onClose={onClose}>
      {open.failure && <FailurePanel failure={open.failure} />}
      <ul className="opening" ref={list} tabIndex={-1}>
        {offered.map(code => (
          <li key={code} className="currency">
            <span className="code">{code}</span>
            <span>{currency(code)}</span>
            <Button
              size="small"
              onPress={() => void openOne(code)}
              aria-label={t('home.openOne', { currency: currency(code) })}
              isDisabled={open.isRunning}
            >
              {t('home.openOne', { currency: code })}
            </Button>
          </li>
        ))}
      </ul>
      <Button onPress={onClose}>{t('app.close')}</Button>
    </Dialog>
  )
}
