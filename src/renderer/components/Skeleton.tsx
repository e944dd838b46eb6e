import { useText } from '../text/useText.ts'

/** The shape of rows that are on their way. */
export function RowsSkeleton({ rows = 5 }: { readonly rows?: number }) {
  const { t } = useText()
  return (
    <div className="rows" role="status">
      <span className="unseen">{t('app.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones are all alike and never move
        <div className="row" key={index} aria-hidden>
          <span className="bone round" />
          <span className="stack tight">
            <span className="bone w8" />
            <span className="bone w4" />
          </span>
          <span className="bone w4" />
        </div>
      ))}
    </div>
  )
}

/** The shape of a slip that is on its way. */
export function SlipSkeleton() {
  const { t } = useText()
  return (
    <section className="slip" role="status" aria-busy>
      <span className="unseen">{t('app.loading')}</span>
      <header aria-hidden>
        <span className="bone w8" />
        <span className="bone tall" />
      </header>
      <dl aria-hidden>
        {['a', 'b', 'c', 'd'].map(key => (
          <div key={key}>
            <dt>
              <span className="bone w4" />
            </dt>
            <dd>
              <span className="bone w8" />
            </dd>
          </div>
        ))}
      </dl>
      <footer aria-hidden />
    </section>
  )
}

export function Bone({ width }: { readonly width: 'w2' | 'w4' | 'w8' | 'w12' | 'tall' }) {
  return <span className={`bone ${width}`} aria-hidden />
}
