import { useState } from 'react'
import { newId } from '../../bridge/ids.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useAnnounce } from '../../components/Toasts.tsx'
import { useText } from '../../text/useText.ts'

/** By whose midnight the days are counted; where this computer is elsewhere, counting by that is one press, never done by itself. */
export function DayZone({ zone, here }: { readonly zone: string; readonly here: string }) {
  const { t, zoneName } = useText()
  const announce = useAnnounce()
  const move = useBridgeAction('limits.moveDay')
  const [id, setId] = useState(newId)
  const act = async () => {
    const moved = await move.run({ id, timeZone: here })
    setId(newId())
    if (moved) announce({ kind: 'good', words: t('limits.zoneMoved', { here: zoneName(here) }) })
  }
  return (
    <div className="limit">
      <p className="sub">
        {t('limits.zone', { zone: zoneName(zone) })} {zone !== here && t('limits.zoneOther', { here: zoneName(here) })}
      </p>
      {zone !== here && (
        <div className="line">
          <Button size="small" onPress={() => void act()} isPending={move.isRunning}>
            {t('limits.zoneMove', { here: zoneName(here) })}
          </Button>
        </div>
      )}
      {move.failure && <FailurePanel failure={move.failure} />}
    </div>
  )
}
