import { Mail as Envelope } from 'lucide-react'
import { failureOf } from '../bridge/failure.ts'
import { useBridge } from '../bridge/useBridge.ts'
import { useText } from '../text/useText.ts'
import { FailurePanel } from './FailurePanel.tsx'
import { EmptyState } from './Notice.tsx'
import { RowsSkeleton } from './Skeleton.tsx'

/** The mails that the sandbox kept instead of sending, newest first. */
export function MailList() {
  const { t, moment } = useText()
  const { data, error, refetch } = useBridge('account.mailbox', {})
  if (error) return <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />
  if (!data) return <RowsSkeleton rows={2} />
  if (data.mails.length === 0) {
    return (
      <EmptyState icon={<Envelope className="icon" aria-hidden />} title={t('account.mailboxEmpty')}>
        {t('account.mailboxEmptySub')}
      </EmptyState>
    )
  }
  return (
    <ol className="mails">
      {data.mails.map(({ id, to, subject, text, sentAt }) => (
        <li key={id} className="card">
          <article aria-label={subject}>
            <h2>{subject}</h2>
            <p className="sub">
              {t('account.mailTo', { to })} · <time dateTime={sentAt}>{moment(sentAt)}</time>
            </p>
            <p className="mailtext">{text}</p>
          </article>
        </li>
      ))}
    </ol>
  )
}
