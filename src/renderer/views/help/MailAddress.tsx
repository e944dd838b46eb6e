import { useAppState } from '../../app/useAppState.ts'
import { failureOf } from '../../bridge/failure.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { RowsSkeleton } from '../../components/Skeleton.tsx'
import { useText } from '../../text/useText.ts'

/** RFC 6068: what an address may hold beside letters would otherwise end it, or begin a header. */
const mailTo = (email: string): string => `mailto:${email.split('@').map(encodeURIComponent).join('@')}`

/** Where to write for who cannot ask here. Nothing stands here where the service tells no address. */
export function MailAddress() {
  const { t } = useText()
  const { shell } = useAppState()
  const { data, error, refetch } = useBridge('support.contact', {})
  const email = data?.email
  if (email === null) return null
  return (
    <section aria-labelledby="mail">
      <div className="heading">
        <h2 id="mail">{t('help.mail')}</h2>
      </div>
      <p className="sub">{t('help.mailSub')}</p>
      {error && <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />}
      {email === undefined && !error && <RowsSkeleton rows={1} />}
      {email !== undefined && (
        <p className="line">
          {/* The desktop window opens nothing outside but what is on its list (SECURITY.md, point 6), and mail is not: a link would do nothing. */}
          {shell === 'electron' ? (
            <span>{email}</span>
          ) : (
            <a className="textlink" href={mailTo(email)}>
              {email}
            </a>
          )}
          <CopyButton text={email} name={t('help.mailAddress')} />
        </p>
      )}
    </section>
  )
}
