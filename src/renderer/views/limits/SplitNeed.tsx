import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CalendarClock } from 'lucide-react'
import type { SplitView } from '#contracts/bridge/limits.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { useAmountText } from '../../components/Amount.tsx'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

/** The next part of a payment over several days, on the first screen. It is paid by an order of the shop, as any payment. */
export function SplitNeed({ split: { id, shop, parts } }: { readonly split: SplitView }) {
  const { t, calendarDay } = useText()
  const amountText = useAmountText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const announce = useAnnounce()
  const drop = useBridgeAction('limits.dropSplit')
  const at = parts.findIndex(({ state }) => state !== 'paid')
  const next = parts[at]
  if (!next) return null
  const title = t('limits.needTitle', { n: at + 1, of: parts.length, shop: shop.name, amount: amountText(next.amount) })
  const isDue = next.state === 'due'
  const remove = async () => {
    if (!(await drop.run({ id }))) return
    await queries.invalidateQueries({ queryKey: ['limits.splits'] })
    announce({ kind: 'good', words: t('limits.dropped') })
  }
  return (
    <article className="card need" aria-label={title}>
      <CalendarClock className={isDue ? 'icon wait' : 'icon'} aria-hidden />
      <div>
        <b>{title}</b>
        <p className="sub">{t(isDue ? 'limits.needDue' : 'limits.needWaiting', { day: calendarDay(next.on) })}</p>
        {drop.failure && <FailurePanel failure={drop.failure} />}
        <div className="line">
          {isDue && (
            <Button size="small" onPress={() => void navigate({ to: '/pay' })}>
              {t('limits.needAct')}
            </Button>
          )}
          <Button size="small" kind="plain" onPress={() => void remove()} isPending={drop.isRunning}>
            {t('limits.needDrop')}
          </Button>
        </div>
      </div>
    </article>
  )
}
