import { useState } from 'react'
import { GateFrame } from '../../app/GateFrame.tsx'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { KitMaker } from '../../components/kit/KitMaker.tsx'
import { useText } from '../../text/useText.ts'

/** The wallet was just made: a way back in, for the day on which the password is forgotten. It can wait. */
export function KitOffer() {
  const { t } = useText()
  const postpone = useBridgeAction('vault.postponeKit')
  const [isMaking, setMaking] = useState(false)
  const later = () => void postpone.run({})
  return (
    <GateFrame corner={<LanguageChoice />}>
      <div className="stack loose">
        <h1>{t('vault.kitOfferTitle')}</h1>
        {isMaking ? (
          <KitMaker onDone={later} onLater={later} />
        ) : (
          <>
            <p>{t('vault.kitWhy')}</p>
            <p className="sub">{t('vault.kitOfferNext')}</p>
            <div className="stack tight">
              <Button kind="go" size="big" onPress={() => setMaking(true)} autoFocus>
                {t('vault.kitMake')}
              </Button>
              <Button kind="plain" size="wide" onPress={later} isPending={postpone.isRunning}>
                {t('vault.kitLater')}
              </Button>
            </div>
          </>
        )}
      </div>
    </GateFrame>
  )
}
