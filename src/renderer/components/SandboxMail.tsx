import { Mail } from 'lucide-react'
import { useState } from 'react'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { MailList } from './MailList.tsx'
import { Notice } from './Notice.tsx'

/** The way to a code that a sandbox did not send: its mailbox, beside the field that asks for it. */
export function SandboxMail() {
  const { t } = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Notice kind="sandbox">
        <Button kind="plain" size="wide" onPress={() => setOpen(true)}>
          <Mail className="icon" aria-hidden />
          {t('account.openMailbox')}
        </Button>
      </Notice>
      <Dialog title={t('account.mailboxTitle')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <MailList />
        <Button onPress={() => setOpen(false)}>{t('app.close')}</Button>
      </Dialog>
    </>
  )
}
