import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { useText } from '../../text/useText.ts'

/** The way to the security centre. */
export function AmISafe() {
  const { t } = useText()
  return (
    <p className="verified">
      <ShieldCheck className="icon" aria-hidden />
      <Link to="/security">{t('securityCentre.ask')}</Link>
    </p>
  )
}
