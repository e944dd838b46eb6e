import { use } from 'react'
import { useBridge } from '../../bridge/useBridge.ts'
import { HiddenAmounts } from '../../components/Amount.tsx'
import { useText } from '../../text/useText.ts'
import { trendLine, trendSize } from './trendLine.ts'

const { width, height } = trendSize

/** How everything together went in the last days. Its shape tells amounts, so it goes where amounts are hidden. */
export function Trend() {
  const { t, amount, calendarDay } = useText()
  const isHidden = use(HiddenAmounts)
  const { data } = useBridge('balances.trend', {}, { isOff: isHidden })
  const [first, last] = [data?.days[0], data?.days.at(-1)]
  if (isHidden || !first || !last || data?.days.every(({ total }) => !/[1-9]/.test(total.value))) return null
  const line = trendLine(data?.days.map(({ total }) => Number(total.value)) ?? [])
  const says = { from: amount(first.total), day: calendarDay(first.day), to: amount(last.total) }
  return (
    <section aria-labelledby="trend" className="trend">
      <div className="heading">
        <h2 id="trend">{t('home.trend', { count: data?.days.length ?? 0 })}</h2>
        <span className="sub">{t('home.trendSince', says)}</span>
      </div>
      <svg role="img" aria-label={t('home.trendSays', says)} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
        <path className="ground" d={`${line} V${height} H0 Z`} />
        <path className="stroke" d={line} vectorEffect="non-scaling-stroke" />
      </svg>
    </section>
  )
}
