import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { failureOf } from '../../bridge/failure.ts'
import { newId } from '../../bridge/ids.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Amount } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { SlipSkeleton } from '../../components/Skeleton.tsx'
import { Slip, SlipFoot, SlipHead, SlipRow, SlipRows } from '../../components/Slip.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

/** A payment that passed a limit, as a list of dated parts. Keeping it sends nothing: each part is a payment of its own, confirmed on its day. */
export function SplitPlan({ orderCode, onBack }: { readonly orderCode: string; readonly onBack: () => void }) {
  const { t, calendarDay } = useText()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const keep = useBridgeAction('limits.keepSplit')
  const [id] = useState(newId)
  const { data, error, refetch } = useBridge('limits.planSplit', { orderCode }, { isMomentary: true })
  const act = async () => {
    if (!(await keep.run({ id, orderCode }))) return
    announce({ kind: 'good', words: t('limits.splitKept') })
    await navigate({ to: '/' })
  }
  if (error) return <FailurePanel failure={failureOf(error)} acts={{ retry: () => void refetch() }} />
  if (!data) return <SlipSkeleton />
  const { parts } = data
  return (
    <Slip label={t('limits.splitTitle')}>
      <SlipHead>
        <h1>{t('limits.splitTitle')}</h1>
      </SlipHead>
      <div className="body">
        <p>{parts.length === 0 ? t('limits.splitNone') : t('limits.splitSub', { count: parts.length })}</p>
      </div>
      <SlipRows>
        {parts.map(({ on, amount }, index) => (
          <SlipRow key={on} what={t('limits.part', { n: index + 1 })} sub={calendarDay(on)}>
            <Amount of={amount} />
          </SlipRow>
        ))}
      </SlipRows>
      <SlipFoot>
        {keep.failure && <FailurePanel failure={keep.failure} />}
        {parts.length > 0 && (
          <Button kind="go" size="wide" onPress={() => void act()} isPending={keep.isRunning}>
            {t('limits.splitKeep')}
          </Button>
        )}
        <Button kind="plain" size="wide" onPress={onBack}>
          {t('app.back')}
        </Button>
      </SlipFoot>
    </Slip>
  )
}
