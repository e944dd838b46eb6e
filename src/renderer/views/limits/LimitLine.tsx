import { use } from 'react'
import { Meter } from 'react-aria-components'
import type { Limit } from '#contracts/wire/shapes.ts'
import { HiddenAmounts, useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { useText } from '../../text/useText.ts'

/** How full the gauge is, 0 to 100: a length on the screen, the only place where an amount may be a float. */
const shareOf = ({ amount, used }: Limit): number => {
  const [whole, part] = [Number(amount.value), Number(used.value)]
  return whole > 0 ? Math.min(100, (part / whole) * 100) : 0
}

type LineProps = { readonly limit: Limit; readonly title: string; readonly onSet?: () => void; readonly onRaise?: () => void }

/** What is used tells what was spent: it goes where amounts are hidden, in figures and as a length. The limit itself stays. */
export function LimitLine({ limit, title, onSet, onRaise }: LineProps) {
  const { t, amount: write, moment } = useText()
  const { kind, amount, used, left, freesUpAt, requested } = limit
  const tell = useAmountText()
  const isHidden = use(HiddenAmounts)
  const isCounted = kind !== 'per_payment'
  const said = t('settings.used', { used: tell(used), limit: write(amount) })
  return (
    <div className="limit">
      <div className="spread">
        <h3>{title}</h3>
        <div className="line">
          <span className="figures">{isCounted ? t('settings.left', { left: tell(left) }) : write(amount)}</span>
          {onSet && (
            <Button size="small" onPress={onSet} aria-label={`${t('limits.set')}: ${title}`}>
              {t('limits.set')}
            </Button>
          )}
          {onRaise && requested === null && (
            <Button size="small" onPress={onRaise} aria-label={`${t('settings.raise')}: ${title}`}>
              {t('settings.raise')}
            </Button>
          )}
        </div>
      </div>
      {isCounted && !isHidden && (
        <Meter aria-label={title} value={shareOf(limit)} valueLabel={said}>
          <div className="gauge">
            <i style={{ inlineSize: `${shareOf(limit)}%` }} />
          </div>
        </Meter>
      )}
      {isCounted && (
        <p className="spread sub figures">
          <span>{said}</span>
          {freesUpAt !== null && <span>{t('settings.freesUp', { at: moment(freesUpAt) })}</span>}
        </p>
      )}
      <LimitNews limit={limit} />
    </div>
  )
}

/** What was set, waits, was asked for and was answered. */
function LimitNews({ limit: { amount, most, waiting, requested, answered } }: Pick<LineProps, 'limit'>) {
  const { t, amount: write, moment, day } = useText()
  const isLowered = most !== null && most.value !== amount.value
  return (
    <>
      {isLowered && <p className="sub">{t('limits.lowered', { most: write(most) })}</p>}
      {waiting && <p className="sub">{t('limits.waiting', { amount: write(waiting.amount), at: moment(waiting.at) })}</p>}
      {requested && <p className="sub">{t('settings.requested', { amount: write(requested.amount), day: day(requested.at) })}</p>}
      {answered && !requested && (
        <p className="sub">
          {answered.amount === null
            ? t('limits.refused', { day: day(answered.at) })
            : t('limits.answered', { day: day(answered.at), amount: write(answered.amount) })}
          {answered.reason !== '' && <q className="said">{answered.reason}</q>}
        </p>
      )}
    </>
  )
}
