import { useState } from 'react'
import { useBridge } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { KitMaker } from '../../components/kit/KitMaker.tsx'
import { useText } from '../../text/useText.ts'

/** Whether there is a way back in, and making one. */
export function RecoveryKit() {
  const { t, moment } = useText()
  const { data: state, refetch } = useBridge('vault.state', {})
  const [isMaking, setMaking] = useState(false)
  const close = () => {
    setMaking(false)
    void refetch()
  }
  if (!state) return null
  const { kitMadeAt } = state
  return (
    <section className="card stack" aria-labelledby="kit">
      <h2 id="kit">{t('vault.kitTitle')}</h2>
      <p>{t('vault.kitWhy')}</p>
      <p className="sub">{kitMadeAt === null ? t('vault.kitNone') : t('vault.kitMade', { at: moment(kitMadeAt) })}</p>
      <div>
        <Button onPress={() => setMaking(true)}>{t(kitMadeAt === null ? 'vault.kitMake' : 'vault.kitMakeAnew')}</Button>
      </div>
      <Dialog title={t('vault.kitTitle')} isOpen={isMaking} onClose={close}>
        <KitMaker onDone={close} onLater={close} />
      </Dialog>
    </section>
  )
}
