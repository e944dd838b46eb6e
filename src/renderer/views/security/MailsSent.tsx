import { Mail as Envelope } from 'lucide-react'
import { useEffect } from 'react'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'

/** The subjects of all that the service wrote, so that a false mail can be told from one of ours. */
export function MailsSent() {
  const { t, moment } = useText()
  const { data, error, refetch } = useBridge('securityCentre.mails', {})
  useEffect(() => void refetch(), [refetch])
  return (
    <section className="card stack" aria-labelledby="mails">
      <div>
        <h2 id="mails">{t('securityCentre.mails')}</h2>
        <p className="sub">{t('securityCentre.mailsSub')}</p>
      </div>
      {error && !data && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {!data && !error && <RowsSkeleton rows={2} />}
      {data?.mails.length === 0 && <p className="sub">{t('securityCentre.mailsNone')}</p>}
      {data && data.mails.length > 0 && (
        <ul className="checks">
          {data.mails.map(({ id, subject, to, writtenAt, sentAt }) => (
            <li key={id} className="check">
              <Envelope className="icon" aria-hidden />
              <div className="grow">
                <span className="row-title">{subject}</span>
                <p className="sub">
                  {t('account.mailTo', { to })} · <time dateTime={writtenAt}>{moment(writtenAt)}</time>
                  {sentAt === null && ` · ${t('securityCentre.mailWaits')}`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
