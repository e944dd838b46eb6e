import { useState } from 'react'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FailurePanel } from '../../components/FailurePanel.tsx'
import { useText } from '../../text/useText.ts'

/** A bundle for whoever looks for a fault: seen whole before it is saved, and sent by nobody but the person. */
export function Diagnostics() {
  const { t } = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-labelledby="diagnostics">
      <div className="heading">
        <h2 id="diagnostics">{t('help.diagnostics')}</h2>
      </div>
      <p className="sub">{t('help.diagnosticsSub')}</p>
      <Button size="small" onPress={() => setOpen(true)}>
        {t('help.diagnosticsSee')}
      </Button>
      <Dialog title={t('help.diagnostics')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Preview onClose={() => setOpen(false)} />
      </Dialog>
    </section>
  )
}

function Preview({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText()
  const { data } = useBridge('diagnostics.preview', {}, { isMomentary: true })
  const save = useBridgeAction('diagnostics.save')
  const [path, setPath] = useState<string>()
  const write = async () => setPath((await save.run({ path: null }))?.path)
  return (
    <div className="stack">
      <p>{t('help.diagnosticsMeans')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keys */}
      <section className="bundle" tabIndex={0} aria-label={t('help.diagnostics')}>
        <pre>{data?.text}</pre>
      </section>
      {path !== undefined && <p role="status">{t('help.diagnosticsSaved', { path })}</p>}
      {save.failure && <FailurePanel failure={save.failure} />}
      <div className="line">
        <Button kind="go" onPress={() => void write()} isPending={save.isRunning} isDisabled={data === undefined}>
          {t('help.diagnosticsSave')}
        </Button>
        <Button kind="plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  )
}
