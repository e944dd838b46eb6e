import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { OutputOf } from '#contracts/bridge/index.ts'
import { compare, parseDecimal } from '#core/money/amount.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import { useAppState } from '../../app/useAppState.ts'
import { useIsHere } from '../../app/useIsHere.ts'
import { failureOf } from '../../bridge/failure.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { AmountField } from '../../components/AmountField.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { EmptyState } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { CurrencySelect } from '../../components/selects.tsx'
import { readTypedAmount } from '../../text/typedAmount.ts'
import { useText } from '../../text/useText.ts'

type Offer = OutputOf<'topUps.offer'>['currencies']
/** What a link to here asked for; `order` is what the money is for, and is come back to. */
type Asked = { readonly askedCurrency: string | undefined; readonly askedAmount: string | undefined; readonly order: string | undefined }

/** Currency and amount; then the account details are shown. */
export function TopUpForm(asked: Asked) {
  const { t } = useText()
  const { data, error, refetch } = useBridge('topUps.offer', {})
  return (
    <section className="form" aria-labelledby="top-up-title">
      <h1 id="top-up-title">{t('topUp.title')}</h1>
      <p className="quiet">{t('topUp.intro')}</p>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={2} />}
      {data?.currencies.length === 0 && (
        <EmptyState icon={null} title={t('topUp.noOffer')}>
          {''}
        </EmptyState>
      )}
      {data && data.currencies.length > 0 && <OfferForm offer={data.currencies} {...asked} />}
    </section>
  )
}

/** Whether a decimal lies within what is offered. */
function isWithin({ currency, minimum, maximum }: Offer[number], value: string | undefined): boolean {
  const [given, least, most] = [value, minimum.value, maximum.value].map(text =>
    text === undefined ? undefined : parseDecimal(currency, text),
  )
  return given !== undefined && least !== undefined && most !== undefined && compare(given, least) >= 0 && compare(given, most) <= 0
}

function OfferForm({ offer, askedCurrency, askedAmount, order }: Asked & { readonly offer: Offer }) {
  const { t, amount: write } = useText()
  const navigate = useNavigate()
  const isHere = useIsHere()
  const create = useBridgeAction('topUps.create')
  const { data: overview } = useBridge('balances.overview', {})
  const held = overview?.balances.map(({ currency }) => currency) ?? []
  const { homeCurrency } = useAppState()
  const usual: CurrencyCode | undefined =
    offer.find(({ currency }) => currency === homeCurrency)?.currency ?? offer.find(({ currency }) => held.includes(currency))?.currency
  const [chosen, setChosen] = useState(askedCurrency !== undefined && isCurrencyCode(askedCurrency) ? askedCurrency : undefined)
  const [typed, setTyped] = useState(askedAmount ?? '')
  const [isTried, setTried] = useState(false)
  const [id, setId] = useState(newId)
  const row = offer.find(({ currency }) => currency === (chosen ?? usual)) ?? offer[0]
  if (!row) return null
  const { currency, minimum, maximum, scheme } = row
  const value = readTypedAmount(currency, typed)
  const isFine = isWithin(row, value)
  const range = { min: write(minimum), max: write(maximum), scheme }
  const change = (act: () => void) => {
    setId(newId())
    create.reset()
    act()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isFine || value === undefined) return
    const made = await create.run({ id, amount: { currency, value } })
    if (made && isHere()) void navigate({ to: '/top-up/$id', params: { id: made.id }, search: order === undefined ? {} : { order } })
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)} noValidate>
      <CurrencySelect
        label={t('topUp.currency')}
        currencies={offer.map(each => each.currency)}
        value={currency}
        onChange={picked => change(() => setChosen(picked))}
      />
      <AmountField
        label={t('topUp.amount')}
        currency={currency}
        typed={typed}
        onTyped={text => change(() => setTyped(text))}
        hint={t('topUp.range', range)}
        problem={isTried && !isFine ? t('topUp.amountProblem', range) : undefined}
        autoFocus
      />
      {create.failure && <OfferFailure failure={create.failure} currency={currency} onOpened={create.reset} />}
      <Button kind="go" size="big" type="submit" isPending={create.isRunning}>
        {t('topUp.create')}
      </Button>
    </form>
  )
}

type OfferFailureProps = { readonly failure: ReturnType<typeof failureOf>; readonly currency: CurrencyCode; readonly onOpened: () => void }

function OfferFailure({ failure, currency, onOpened }: OfferFailureProps) {
  const open = useBridgeAction('account.openCurrencies')
  return <FailurePanel failure={failure} acts={{ open_currency: () => void open.run({ currencies: [currency] }).then(onOpened) }} />
}
