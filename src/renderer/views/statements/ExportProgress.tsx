import { useQueryClient } from '@tanstack/react-query'
import { ProgressBar } from 'react-aria-components'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { useEvent } from '../../bridge/useEvent.ts'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'
import { ProofTable } from './Preview.tsx'

/** The name at the end of a path of any system. */
const fileOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path

/** An export under way, then done, stopped or failed. */
export function ExportProgress({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
  const { t, number, failure: say } = useText()
  const queries = useQueryClient()
  const { data, error } = useBridge('statements.progress', { id })
  const cancel = useBridgeAction('statements.cancel')
  const reveal = useBridgeAction('statements.reveal')
  useEvent('statement.progress', progress => {
    if (progress.id === id) queries.setQueryData(['statements.progress', { id }], progress)
  })
  const again = <Button onPress={onAgain}>{t('statements.again')}</Button>
  if (error) return <FailurePanel failure={failureOf(error)}>{again}</FailurePanel>
  if (!data) return null
  const { state, written, of, path, proof, failure } = data
  const said = t('statements.running', { written: number(written), of: number(of) })
  if (state === 'running') {
    const percent = of === 0 ? 0 : Math.min(100, (written / of) * 100)
    return (
      <div className="stack">
        <ProgressBar aria-label={t('statements.progress')} value={percent} valueLabel={said}>
          <div className="progress">
            <i style={{ inlineSize: `${percent}%` }} />
          </div>
        </ProgressBar>
        <p className="figures">{said}</p>
        <div>
          <Button kind="danger" onPress={() => void cancel.run({ id })} isPending={cancel.isRunning}>
            {t('statements.cancel')}
          </Button>
        </div>
      </div>
    )
  }
  if (state !== 'done') {
    return (
      <div className="stack" role="status">
        <p>
          <b>{t(state === 'cancelled' ? 'statements.cancelled' : 'statements.failed')}</b>{' '}
          {failure !== null && say({ kind: 'fault', code: failure, detail: {} }).whole}
        </p>
        <div>{again}</div>
      </div>
    )
  }
  return (
    <div className="stack" role="status">
      <Notice kind="proof" title={t('statements.done')}>
        {t('statements.doneProof', { count: proof.length })}
      </Notice>
      {path !== null && (
        <dl className="facts">
          <div>
            <dt>{t('statements.path')}</dt>
            <dd>
              <span className="file">{fileOf(path)}</span>
              <span className="sub">{path.slice(0, -fileOf(path).length)}</span>
            </dd>
            <dd>
              <CopyButton text={path} name={t('statements.path')} />
            </dd>
          </div>
        </dl>
      )}
      <ProofTable proof={proof} />
      {reveal.failure && <FailurePanel failure={reveal.failure} />}
      <div className="line">
        <Button kind="go" onPress={() => void reveal.run({ id })}>
          {t('statements.reveal')}
        </Button>
        {again}
      </div>
    </div>
  )
}
