import { MailList } from '../../components/MailList.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'

/** The sandbox mailbox as a page of its own. */
export function Mailbox() {
  const { t } = useText()
  return (
    <div className="page reading stack">
      <h1>{t('account.mailboxTitle')}</h1>
      <Notice kind="sandbox">{t('account.mailboxSub')}</Notice>
      <MailList />
    </div>
  )
}
