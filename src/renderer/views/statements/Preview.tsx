import { FileText } from 'lucide-react'
import type { StatementProof, StatementRequest } from '#contracts/bridge/history.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { Amount } from '../../components/Amount.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { EmptyState } from '../../components/Notice.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'

/** What the file will hold: opening, movements and closing of each currency. */
export function Preview({ request }: { readonly request: StatementRequest }) {
  const { t } = useText()
  const { data, error, refetch } = useBridge('statements.preview', request, { keepsLast: true })
  return (
    <section aria-labelledby="preview">
      <div className="heading">
        <h2 id="preview">{t('statements.preview')}</h2>
      </div>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={3} />}
      {!error && data?.proof.length === 0 && (
        <EmptyState icon={<FileText className="icon" aria-hidden />} title={t('statements.emptyTitle')}>
          {t('statements.emptySub')}
        </EmptyState>
      )}
      {!error && data && data.proof.length > 0 && <ProofTable proof={data.proof} />}
    </section>
  )
}

/** Opening + movements = closing, a row for each currency. */
export function ProofTable({ proof }: { readonly proof: readonly StatementProof[] }) {
  const { t, number } = useText()
  return (
    <div className="tablebox">
      <table className="proofs">
        <thead>
          <tr>
            <th scope="col">{t('statements.currency')}</th>
            <th scope="col">{t('statements.opening')}</th>
            <th scope="col">{t('statements.movements')}</th>
            <th scope="col">{t('statements.sum')}</th>
            <th scope="col">{t('statements.closing')}</th>
          </tr>
        </thead>
        <tbody>
          {proof.map(({ currency, opening, movements, sum, closing }) => (
            <tr key={currency}>
              <th scope="row" className="code">
                {currency}
              </th>
              <td>
                <Amount of={opening} unit="none" />
              </td>
              <td className="figures">{number(movements)}</td>
              <td>
                <Amount of={sum} unit="none" isSigned />
              </td>
              <td>
                <Amount of={closing} unit="none" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
