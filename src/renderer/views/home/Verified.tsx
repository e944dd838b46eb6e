import { Link } from '@tanstack/react-router'
import { BadgeCheck, TriangleAlert } from 'lucide-react'
import { useBridge } from '../../bridge/useBridge.ts'
import { useText } from '../../text/useText.ts'

/** Quietly, under what the service says that one has: whether this wallet has checked it, how much of it, and when. */
export function Verified() {
  const { t, moment } = useText()
  const { data } = useBridge('provider.state', {})
  if (!data) return null
  const { verified, mismatch } = data
  if (!mismatch && !verified) return null
  return (
    <p className="verified">
      {mismatch ? <TriangleAlert className="icon stop" aria-hidden /> : <BadgeCheck className="icon ok" aria-hidden />}
      <Link to="/settings" hash="provider">
        {mismatch ? t('provider.stopped') : t('provider.verified', { count: verified?.movements ?? 0 })}
      </Link>
      {!mismatch && verified && <span className="hint">{t('provider.verifiedAt', { at: moment(verified.checkedAt) })}</span>}
    </p>
  )
}
