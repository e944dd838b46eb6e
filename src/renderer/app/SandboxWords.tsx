import { Link } from '@tanstack/react-router'
import { useText } from '../text/useText.ts'
import { useAppState } from './useAppState.ts'

/** That nothing here is real money, and where the mails are (those of a service elsewhere are its operator's): in one line where the window is narrow. */
export function SandboxWords({ isBrief = false }: { readonly isBrief?: boolean }) {
  const { rich, t } = useText()
  const { service } = useAppState()
  if (service.mode !== 'sandbox') return t('app.sandboxShort')
  return rich(isBrief ? 'app.sandboxBrief' : 'app.sandboxNote', {
    mail: parts => (
      <Link key="mail" to="/mailbox">
        {parts}
      </Link>
    ),
  })
}
