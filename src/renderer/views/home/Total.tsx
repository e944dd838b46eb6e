import { Link } from '@tanstack/react-router'
import { Eye, EyeOff, Plus, Send } from 'lucide-react'
import { useAppState } from '../../app/useAppState.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Amount } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Bone } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'

/** Everything in the home currency, by which rates and without what; and the two things that one does most. */
export function Total() {
  const { t, currencies, calendarDay } = useText()
  const { hideAmounts } = useAppState()
  const prefer = useBridgeAction('app.prefer')
  const { data, error, refetch } = useBridge('balances.overview', {})
  const Icon = hideAmounts ? EyeOff : Eye
  const total = data?.total
  return (
    <div>
      {total && (
        <p className="sub">
          {t(total.rates.origin === 'live' ? 'home.totalLive' : 'home.totalBundled', {
            currency: currencies(total.amount.currency),
            day: calendarDay(total.rates.on),
          })}
        </p>
      )}
      {total ? (
        <div className="line">
          <Amount of={total.amount} size="large" />
          <Button
            kind="plain"
            size="square"
            onPress={() => void prefer.run({ hideAmounts: !hideAmounts })}
            aria-label={t(hideAmounts ? 'app.showAmounts' : 'app.hideAmounts')}
          >
            <Icon className="icon" aria-hidden />
            <kbd aria-hidden>H</kbd>
          </Button>
        </div>
      ) : (
        !error && (
          <div className="stack tight">
            <Bone width="w12" />
            <Bone width="tall" />
          </div>
        )
      )}
      {total && total.excluded.length > 0 && <p className="sub">{t('home.excluded', { currencies: total.excluded.join(', ') })}</p>}
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      <div className="acts">
        <Link to="/pay" className="btn go">
          <Send className="icon" aria-hidden />
          {t('app.pay')}
        </Link>
        <Link to="/top-up" className="btn">
          <Plus className="icon" aria-hidden />
          {t('app.topUp')}
        </Link>
      </div>
    </div>
  )
}
