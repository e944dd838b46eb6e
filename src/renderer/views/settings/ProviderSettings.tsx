import { useQueryClient } from '@tanstack/react-query'
import { sayMismatch, sentenceGap } from '#locales/mismatches.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { SaveEvidence } from '../../components/SaveEvidence.tsx'
import { useText } from '../../text/useText.ts'

/** How far this wallet has checked what the service tells, what did not add up, and checking now. */
export function ProviderSettings() {
  const { t, locale, moment, calendarDay, number } = useText()
  const queries = useQueryClient()
  const { data, error, refetch } = useBridge('provider.state', {})
  const check = useBridgeAction('provider.check')
  const checkNow = async () => {
    const found = await check.run({})
    if (found) queries.setQueryData(['provider.state', {}], found)
  }
  const verified = data?.verified
  const facts = verified
    ? [
        [t('provider.count'), number(verified.movements)],
        [t('provider.until'), number(verified.position)],
        [t('provider.at'), moment(verified.checkedAt)],
        [t('provider.key'), verified.keyId],
      ]
    : []
  const rootFacts = data?.root
    ? [
        [t('provider.rootDay'), calendarDay(data.root.day)],
        [t('provider.rootFingerprint'), data.root.fingerprint],
      ]
    : []
  return (
    <section className="card stack" aria-labelledby="provider">
      <div>
        <h2 id="provider">{t('provider.title')}</h2>
        <p className="sub">{t('provider.sub')}</p>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {data?.mismatch && (
        <Notice kind="warning" title={t('provider.stopped')}>
          <p>{sayMismatch(locale, data.mismatch)}</p>
        </Notice>
      )}
      {data && !data.mismatch && <p>{verified ? t('provider.verified', { count: verified.movements }) : t('provider.unchecked')}</p>}
      {facts.length + rootFacts.length > 0 && (
        <dl className="facts">
          {[...facts, ...rootFacts].map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="figures">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {rootFacts.length > 0 && <p className="hint">{t('provider.rootHint')}</p>}
      {data?.earlier.map(one => (
        <div className="line" key={one.id}>
          <span>{[t('provider.earlier', { at: moment(one.at) }), sayMismatch(locale, one)].join(sentenceGap(locale))}</span>
          <SaveEvidence id={one.id} />
        </div>
      ))}
      {check.failure && <FailurePanel failure={check.failure} />}
      {data && !data.mismatch && (
        <div>
          <Button onPress={() => void checkNow()} isPending={check.isRunning}>
            {t('provider.check')}
          </Button>
        </div>
      )}
    </section>
  )
}
