import { Link } from '@tanstack/react-router'
import { useText } from '../text/useText.ts'

/** That nothing here is real money, and where the mails are. */
export function SandboxWords() {
  const { rich } = useText()
  return rich('app.sandboxNote', {
    mail: parts => (
      <Link key="mail" to="/mailbox">
        {parts}
      </Link>
    ),
  })
}
