import { useState } from 'react'
import type { StatementRequest } from '#contracts/bridge/history.ts'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Choices } from '../../components/Choices.tsx'
import { DayField } from '../../components/DayField.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { type DayRange, monthRange, rangeOf } from '../../text/periods.ts'
import { useText } from '../../text/useText.ts'
import { CurrencyFilter } from './CurrencyFilter.tsx'
import { ExportProgress } from './ExportProgress.tsx'
import { Preview } from './Preview.tsx'

const spans = ['all', 'thisMonth', 'lastMonth', 'thisYear', 'lastYear', 'own'] as const
type Span = (typeof spans)[number]
const noDays: DayRange = { from: '', to: '' }
type Format = StatementRequest['format']

/** The days of a span; null on a side that is open. */
function daysOf(span: Span, own: DayRange): { readonly from: string | null; readonly to: string | null } {
  const now = new Date()
  switch (span) {
    case 'all':
      return { from: null, to: null }
    case 'thisMonth':
      return monthRange(now, 0)
    case 'lastMonth':
      return monthRange(now, 1)
    case 'thisYear':
    case 'lastYear':
      return rangeOf(span, now)
    case 'own':
      return { from: own.from || null, to: own.to || null }
  }
}

/** A file of the movements of a period, in all currencies or some: what will be in it, then writing it, then where it is. */
export function Statements() {
  const { t } = useText()
  const start = useBridgeAction('statements.start')
  const [format, setFormat] = useState<Format>('csv')
  const [span, setSpan] = useState<Span>('thisYear')
  const [own, setOwn] = useState(noDays)
  const [currencies, setCurrencies] = useState<readonly CurrencyCode[]>([])
  const [running, setRunning] = useState<string>()
  const request: StatementRequest = { format, ...daysOf(span, own), currencies: currencies.length > 0 ? [...currencies] : null }
  // Days of one's own are typed where they are asked for, and go with it.
  const choose = (chosen: Span) => {
    setSpan(chosen)
    setOwn(noDays)
  }
  const again = () => {
    setRunning(undefined)
    setOwn(noDays)
  }
  const begin = async () => {
    const started = await start.run({ ...request, id: newId(), path: null })
    if (started) setRunning(started.id)
  }
  return (
    <div className="page reading stack loose">
      <div className="stack tight">
        <h1>{t('statements.title')}</h1>
        <p className="quiet">{t('statements.intro')}</p>
      </div>
      {running === undefined ? (
        <>
          <Choices
            label={t('statements.format')}
            value={format}
            onChange={setFormat}
            isInline
            choices={[
              { id: 'csv', name: t('statements.csv'), sub: t('statements.csvSub') },
              { id: 'hledger', name: t('statements.hledger'), sub: t('statements.hledgerSub') },
            ]}
          />
          <Choices
            label={t('statements.period')}
            value={span}
            onChange={choose}
            isInline
            choices={spans.map(id => ({ id, name: t(`statements.${id}`) }))}
          />
          {span === 'own' && (
            <div className="line days">
              <DayField label={t('statements.from')} onChange={from => setOwn({ ...own, from })} />
              <DayField label={t('statements.to')} onChange={to => setOwn({ ...own, to })} />
            </div>
          )}
          <CurrencyFilter chosen={currencies} onChoose={setCurrencies} />
          <Preview request={request} />
          {start.failure && <FailurePanel failure={start.failure} />}
          <div>
            <Button kind="go" onPress={() => void begin()} isPending={start.isRunning}>
              {t('statements.start', { format: t(`statements.${format}`) })}
            </Button>
          </div>
        </>
      ) : (
        <ExportProgress id={running} onAgain={again} />
      )}
    </div>
  )
}
