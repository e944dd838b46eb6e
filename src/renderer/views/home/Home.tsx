import { useText } from '../../text/useText.ts'
import { AmISafe } from './AmISafe.tsx'
import { Balances } from './Balances.tsx'
import { Latest } from './Latest.tsx'
import { Needs } from './Needs.tsx'
import { Total } from './Total.tsx'
import { Trend } from './Trend.tsx'
import { Verified } from './Verified.tsx'

/** How much have I, what just happened, what can I do. */
export function Home() {
  const { t } = useText()
  return (
    <div className="page">
      <h1 className="unseen">{t('home.title')}</h1>
      <div className="cols home">
        <div>
          <Total />
          <Verified />
          <AmISafe />
          <Latest />
          <Trend />
        </div>
        <div>
          <Needs />
          <Balances />
        </div>
      </div>
    </div>
  )
}
