import { getRouteApi } from '@tanstack/react-router'
import { use } from 'react'
import { Meter } from 'react-aria-components'
import type { Limit } from '#contracts/wire/shapes.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { HiddenAmounts, useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'
import { RaiseDialog } from './RaiseDialog.tsx'

const route = getRouteApi('/settings')

/** What may be paid, what of it is used and when that frees up; and asking for more. */
export function Limits() {
  const { t } = useText()
  const { raise } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useBridge('limits.overview', {})
  const raised = data?.limits.find(({ kind }) => kind === raise)
  return (
    <section className="card stack" aria-labelledby="limits">
      <div>
        <h2 id="limits">{t('settings.limits')}</h2>
        <p className="sub">{t('settings.limitsSub')}</p>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={2} />}
      {data?.limits.map(limit => (
        <LimitLine key={limit.kind} limit={limit} onRaise={() => void navigate({ search: { raise: limit.kind } })} />
      ))}
      {raised && raised.requested === null && <RaiseDialog limit={raised} onClose={() => void navigate({ search: {}, replace: true })} />}
    </section>
  )
}

/** How full the gauge is, 0 to 100: a length on the screen, the only place where an amount may be a float. */
const shareOf = ({ amount, used }: Limit): number => {
  const [whole, part] = [Number(amount.value), Number(used.value)]
  return whole > 0 ? Math.min(100, (part / whole) * 100) : 0
}

/** What is used tells what was spent: it goes where amounts are hidden, in figures and as a length. The limit itself stays. */
function LimitLine({ limit, onRaise }: { readonly limit: Limit; readonly onRaise: () => void }) {
  const { t, amount: write, moment, day } = useText()
  const { kind, amount, used, left, freesUpAt, requested } = limit
  const tell = useAmountText()
  const isHidden = use(HiddenAmounts)
  const said = t('settings.used', { used: tell(used), limit: write(amount) })
  return (
    <div className="limit">
      <div className="spread">
        <h3>{t(`settings.limit_${kind}`)}</h3>
        <div className="line">
          <span className="figures">{kind === 'per_day' ? t('settings.left', { left: tell(left) }) : write(amount)}</span>
          {!requested && (
            <Button size="small" onPress={onRaise}>
              {t('settings.raise')}
            </Button>
          )}
        </div>
      </div>
      {kind === 'per_day' && !isHidden && (
        <Meter aria-label={t(`settings.limit_${kind}`)} value={shareOf(limit)} valueLabel={said}>
          <div className="gauge">
            <i style={{ inlineSize: `${shareOf(limit)}%` }} />
          </div>
        </Meter>
      )}
      {kind === 'per_day' && (
        <p className="spread sub figures">
          <span>{said}</span>
          {freesUpAt !== null && <span>{t('settings.freesUp', { at: moment(freesUpAt) })}</span>}
        </p>
      )}
      {requested && <p className="sub">{t('settings.requested', { amount: write(requested.amount), day: day(requested.at) })}</p>}
    </div>
  )
}
