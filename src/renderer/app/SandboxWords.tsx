import { Link } from '@tanstack/react-router'
import { useText } from '../text/useText.ts'

/** That nothing here is real money, and where the mails are: in one line where the window is narrow. */
export function SandboxWords({ isBrief = false }: { readonly isBrief?: boolean }) {
  const { rich } = useText()
  return rich(isBrief ? 'app.sandboxBrief' : 'app.sandboxNote', {
    mail: parts => (
      <Link key="mail" to="/mailbox">
        {parts}
      </Link>
    ),
  })
}
