import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { sayMismatch, sentenceGap } from '#locales/mismatches.ts'
import { useBridge, useBridgeAction } from '../bridge/useBridge.ts'
import { Button } from '../components/Button.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { FailurePanel } from '../components/FailurePanel.tsx'
import { TextField } from '../components/fields.tsx'
import { SaveEvidence } from '../components/SaveEvidence.tsx'
import { useAnnounce } from '../components/Toasts.tsx'
import { useText } from '../text/useText.ts'

/** On every view, while what the service told does not add up: what it is, what it means, and what the person can do. */
export function ProviderBanner() {
  const { t, locale } = useText()
  const { data } = useBridge('provider.state', {})
  const [isAsking, setAsking] = useState(false)
  const mismatch = data?.mismatch
  if (!mismatch) return null
  return (
    <div className="banner halt" role="alert">
      <TriangleAlert className="icon" aria-hidden />
      <div className="banner-words">
        <b>{t('provider.banner')}</b>
        {['', sayMismatch(locale, mismatch), t('provider.bannerNext')].join(sentenceGap(locale))}
      </div>
      <div className="banner-acts">
        <SaveEvidence id={mismatch.id} />
        <Button size="small" kind="danger" onPress={() => setAsking(true)}>
          {t('provider.goOn')}
        </Button>
      </div>
      {isAsking && <GoOnDialog id={mismatch.id} onClose={() => setAsking(false)} />}
    </div>
  )
}

/** The second step: what going on means and what it loses, and a word to be typed. */
function GoOnDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useText()
  const announce = useAnnounce()
  const goOn = useBridgeAction('provider.goOn')
  const [typed, setTyped] = useState('')
  const word = t('provider.goOnWord')
  const isTyped = typed.trim().toLowerCase() === word.toLowerCase()
  const act = async () => {
    if (!isTyped || !(await goOn.run({ id }))) return
    announce({ kind: 'good', words: t('provider.goneOn') })
    onClose()
  }
  return (
    <Dialog title={t('provider.goOnTitle')} isOpen onClose={onClose}>
      <p>{t('provider.goOnMeans')}</p>
      <p>{t('provider.goOnLoses')}</p>
      <p>
        <b>{t('provider.goOnFirst')}</b>
      </p>
      {goOn.failure && <FailurePanel failure={goOn.failure} />}
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          void act()
        }}
      >
        <TextField label={t('provider.goOnType', { word })} value={typed} onChange={setTyped} autoFocus autoComplete="off" maxLength={40} />
        <div className="line">
          <Button kind="danger" type="submit" isDisabled={!isTyped} isPending={goOn.isRunning}>
            {t('provider.goOn')}
          </Button>
          <Button kind="plain" onPress={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
