import { useNavigate } from '@tanstack/react-router'
import { BadgeCheck, CircleAlert, CircleDashed, CircleQuestionMark, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { SecurityOverview } from '#contracts/bridge/securityCentre.ts'
import type { CheckRowWire } from '#contracts/wire/securityCentre.ts'
import type { CheckState, Finding } from '#core/securityCentre/review.ts'
import { sayCheck } from '#locales/checks.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useSafety } from '../../bridge/useSafety.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { Tag } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'
import { PhraseDialog } from './PhraseDialog.tsx'

const looks: Readonly<Record<CheckState, { readonly Icon: LucideIcon; readonly kind?: 'ok' | 'wait' | 'stop' }>> = {
  good: { Icon: BadgeCheck, kind: 'ok' },
  info: { Icon: Info },
  better: { Icon: CircleDashed, kind: 'wait' },
  look: { Icon: TriangleAlert, kind: 'stop' },
  missing: { Icon: CircleAlert, kind: 'stop' },
  unknown: { Icon: CircleQuestionMark, kind: 'wait' },
}

/** The part of the settings in which a finding is bettered. */
const places: { readonly [F in Finding]?: 'security' | 'devices' | 'kit' | 'applock' | 'limits' | 'freeze' } = {
  account_held: 'freeze',
  factor_recovery_low: 'security',
  factor_mail: 'security',
  factor_none: 'security',
  password_old: 'security',
  devices_known: 'devices',
  device_new: 'devices',
  kit_none: 'kit',
  lock_never: 'applock',
  limits_hold: 'limits',
}

type CheckLineProps = {
  readonly row: CheckRowWire
  readonly limits: SecurityOverview['limits']
  readonly hasFactor: boolean
  /** Looks anew. */
  readonly onAgain: () => void
}

export function CheckLine({ row, limits, hasFactor, onAgain }: CheckLineProps) {
  const { locale } = useText()
  const navigate = useNavigate()
  const { show } = useSafety()
  const stop = useBridgeAction('secondFactor.stopReset')
  const { name, found, state, fix } = sayCheck(locale, row, limits, new Date())
  const { Icon, kind } = looks[row.state]
  const [isChoosing, setChoosing] = useState(false)
  const better = async () => {
    if (row.check === 'mail_phrase' && row.state !== 'unknown') return setChoosing(true)
    const place = places[row.finding]
    if (place) return navigate({ to: '/settings', hash: place })
    if (row.finding === 'knowledge_open') return navigate({ to: '/security', hash: 'knowledge' })
    if (row.finding === 'reset_waiting') show(await stop.run({}))
    onAgain()
  }
  return (
    <li className="check">
      <Icon className={kind ? `icon ${kind}` : 'icon'} aria-hidden />
      <div className="grow">
        <span className="row-title">
          <span>{name}</span>
          <Tag kind={kind}>{state}</Tag>
        </span>
        <p className="sub">{found}</p>
        {stop.failure && <FailurePanel failure={stop.failure} />}
      </div>
      {fix !== null && (
        <Button size="small" onPress={() => void better()} isPending={stop.isRunning}>
          {fix}
        </Button>
      )}
      {isChoosing && <PhraseDialog hasFactor={hasFactor} onClose={() => setChoosing(false)} />}
    </li>
  )
}
